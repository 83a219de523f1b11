"""Whoever stands at the city's address without its certificate is told nothing, and it is said."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from console.core.database import Database
from console.core.events import EventBus
from console.drill.city.authority import Authority, Credentials
from tests.conftest import HandClock
from tests.faults.lies import LyingCity, server_context
from tests.sync.roads import POST, Post, road_settings, running, tell, wait_sent, wait_until


@dataclass(frozen=True)
class Paper:
    """A certificate of the city's own authority, but for what is otherwise here."""

    name: str = "127.0.0.1"
    from_days: int = -1
    until_days: int = 9
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH
    self_signed: bool = False


def issued(authority: Authority, folder: Path, paper: Paper) -> Credentials:
    """Such a certificate and its key."""
    root = authority.ca_file.parent
    ca = x509.load_pem_x509_certificate(authority.ca_file.read_bytes())
    ca_key = serialization.load_pem_private_key((root / "ca-key.pem").read_bytes(), None)
    assert isinstance(ca_key, ec.EllipticCurvePrivateKey)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "city")])
    try:
        name: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(paper.name))
    except ValueError:
        name = x509.DNSName(paper.name)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if paper.self_signed else ca.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=paper.from_days))
        .not_valid_after(now + timedelta(days=paper.until_days))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([paper.usage]), critical=False)
        .sign(key if paper.self_signed else ca_key, hashes.SHA256())
    )
    folder.mkdir(parents=True)
    found = Credentials(authority.ca_file, folder / "certificate.pem", folder / "key.pem")
    found.certificate_file.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    found.key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found


Present = Callable[[Authority, Path], ssl.SSLContext | None]


def with_paper(paper: Paper) -> Present:
    """The server shows such a certificate."""
    return lambda authority, folder: server_context(issued(authority, folder / "own", paper))


def of_another_authority(authority: Authority, folder: Path) -> ssl.SSLContext:
    """All is right with it, but it is of an authority that the post does not know."""
    other = Authority(folder / "other")
    other.start()
    return server_context(replace(other.city(), ca_file=authority.ca_file))


CERTIFICATES: dict[str, Present] = {
    "expired": with_paper(Paper(from_days=-9, until_days=-1)),
    "not valid yet": with_paper(Paper(from_days=1)),
    "self-signed": with_paper(Paper(self_signed=True)),
    "of another authority": of_another_authority,
    "for another host": with_paper(Paper(name="127.0.0.9")),
    "for every host": with_paper(Paper(name="*")),
    "of a post, not of the city": with_paper(Paper(usage=ExtendedKeyUsageOID.CLIENT_AUTH)),
    "TLS 1.2": lambda authority, folder: server_context(
        authority.city(), newest=ssl.TLSVersion.TLSv1_2
    ),
    "no TLS at all": lambda authority, folder: None,
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    found = Authority(tmp_path_factory.mktemp("authority"))
    found.start()
    return found


@pytest.fixture
def city(authority: Authority) -> Iterator[LyingCity]:
    found = LyingCity(authority.city())
    found.start()
    yield found
    found.stop()


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_city_without_its_certificate_is_told_nothing(
    name: str,
    authority: Authority,
    city: LyingCity,
    database: Database,
    bus: EventBus,
    clock: HandClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post = Post(database, bus, clock)
    city.present(CERTIFICATES[name](authority, tmp_path))
    other = tmp_path / "other" / "ca.pem"
    if other.exists():  # what the machine trusts is nothing to the road
        monkeypatch.setenv("SSL_CERT_FILE", str(other))
    for variable in ("HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    with running(post, road_settings(city.url, authority.post(POST))) as road:
        tell(database)
        wait_until(road, lambda state: state.trouble == "sync.tls_refused")
        assert not road.snapshot().up
        assert city.heads == []
        city.present(server_context(city.own))
        wait_sent(post, road)
    assert len(city.memory.events) == 1
