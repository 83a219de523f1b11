"""The private authority of the reference city: its CA, the city's certificate, one for each post.

Everything lies in one folder; a key file is 0600. ECDSA P-256, for TLS 1.3.
"""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPERATOR = "operator"
WITNESS = "city witness"  # no post can be called so
POST_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")  # as in common.json
_CA_DAYS = 3650
_LEAF_DAYS = 825
_RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What one party needs for the road: whom to trust, who it is, and its key (all PEM files)."""

    ca_file: Path
    certificate_file: Path
    key_file: Path


class BrokenAuthority(OSError):
    """A certificate or key that stands there cannot be used; it is never replaced silently."""


class Authority:
    """The certificates in ``folder``. ``start`` makes what is missing; nothing valid is replaced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ca_file = folder / "ca.pem"
        self._ca_key_file = folder / "ca-key.pem"

    def start(self) -> None:
        """The CA stands, and the city has a certificate of it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = [place for place in (self.ca_file, self._ca_key_file) if place.exists()]
        if not found:
            self._make_ca()
        elif len(found) == 1:
            raise BrokenAuthority(f"{found[0]}: certificate and key of the CA must stand together")
        self.city()

    def city(self) -> Credentials:
        """The city's own certificate, for localhost and 127.0.0.1."""
        return self._leaf("city", ExtendedKeyUsageOID.SERVER_AUTH)

    def operator(self) -> Credentials:
        """The certificate of whoever may use the operator's paths."""
        return self._leaf(OPERATOR, ExtendedKeyUsageOID.CLIENT_AUTH)

    def post(self, post: str) -> Credentials:
        """The certificate of this post: made at the first asking."""
        if post == OPERATOR or not POST_ID.fullmatch(post):
            raise ValueError(f"{post!r} cannot be the id of a post")
        return self._leaf(post, ExtendedKeyUsageOID.CLIENT_AUTH, "posts")

    def witness(self) -> tuple[ed25519.Ed25519PrivateKey, str]:
        """The key that countersigns, and its certificate (PEM): made at the first asking."""
        folder = self._folder / "witness"
        key_file, certificate_file = folder / "key.pem", folder / "certificate.pem"
        if not (key_file.exists() and _still_good(certificate_file)):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            ca, ca_key = self._ca()
            made = ed25519.Ed25519PrivateKey.generate()
            builder = _builder(WITNESS, ca.subject, made.public_key(), _LEAF_DAYS)
            builder = builder.add_extension(x509.BasicConstraints(False, None), critical=True)
            builder = builder.add_extension(_key_usage(signs_certificates=False), critical=True)
            _write_key(key_file, made)
            _write(certificate_file, _pem(builder.sign(ca_key, hashes.SHA256())), 0o644)
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if not isinstance(key, ed25519.Ed25519PrivateKey):
            raise BrokenAuthority(f"{key_file}: not an Ed25519 key")
        return key, certificate_file.read_text("ascii")

    def _leaf(self, name: str, usage: x509.ObjectIdentifier, below: str = "") -> Credentials:
        folder = self._folder / below / name
        found = Credentials(self.ca_file, folder / "certificate.pem", folder / "key.pem")
        if found.key_file.exists() and _still_good(found.certificate_file):
            return found
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        ca, ca_key = self._ca()
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(name, ca.subject, key.public_key(), _LEAF_DAYS)
        builder = builder.add_extension(x509.BasicConstraints(False, None), critical=True)
        builder = builder.add_extension(_key_usage(signs_certificates=False), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
        builder = builder.add_extension(issuer, critical=False)
        if usage == ExtendedKeyUsageOID.SERVER_AUTH:
            loopback = ipaddress.IPv4Address("127.0.0.1")
            names = x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(loopback)]
            )
            builder = builder.add_extension(names, critical=False)
        _write_key(found.key_file, key)
        _write(found.certificate_file, _pem(builder.sign(ca_key, hashes.SHA256())), 0o644)
        return found

    def _ca(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        try:
            certificate = x509.load_pem_x509_certificate(self.ca_file.read_bytes())
            key = serialization.load_pem_private_key(self._ca_key_file.read_bytes(), None)
        except ValueError as broken:
            raise BrokenAuthority(f"{self._ca_key_file}: {broken}") from broken
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise BrokenAuthority(f"{self._ca_key_file}: not an elliptic-curve key")
        return certificate, key

    def _make_ca(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = "post-console reference city CA"
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _builder(name, subject, key.public_key(), _CA_DAYS)
        builder = builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
        builder = builder.add_extension(_key_usage(signs_certificates=True), critical=True)
        _write_key(self._ca_key_file, key)
        _write(self.ca_file, _pem(builder.sign(key, hashes.SHA256())), 0o644)


def _builder(
    name: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey,
    days: int,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _still_good(place: Path) -> bool:
    if not place.exists():
        return False
    try:
        certificate = x509.load_pem_x509_certificate(place.read_bytes())
    except ValueError as broken:
        raise BrokenAuthority(f"{place}: {broken}") from broken
    return certificate.not_valid_after_utc > datetime.now(UTC) + _RENEW_BEFORE


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write_key(place: Path, key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> None:
    plain = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _write(place, plain, 0o600)


def _write(place: Path, content: bytes, mode: int) -> None:
    """The file appears whole or not at all."""
    beside = place.with_suffix(".new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
