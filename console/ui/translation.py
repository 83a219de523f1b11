"""The language of the program: one merged .qm made from every ``resources/i18n/*_zh_CN.ts``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from console.ui.words import LANGUAGE_PROPERTY

I18N = Path(__file__).resolve().parents[2] / "resources" / "i18n"


def use_language(app: QCoreApplication, language: str) -> bool:
    """The program speaks this language (zh_CN or en); False when its words are not compiled.

    English is the source text and needs no file. Widgets built before keep their words until
    they are built again.
    """
    for old in app.findChildren(QTranslator, "console"):
        app.removeTranslator(old)
        old.setParent(None)
        old.deleteLater()
    app.setProperty(LANGUAGE_PROPERTY, language)
    QLocale.setDefault(QLocale(language))
    if language.startswith("en"):
        return True
    qt_words = QTranslator(app)
    qt_words.setObjectName("console")
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt_words.load(f"qtbase_{language}", place):
        app.installTranslator(qt_words)
    ours = QTranslator(app)
    ours.setObjectName("console")
    file = I18N / f"{language}.qm"
    if not file.exists() or not ours.load(str(file)):
        return False
    return app.installTranslator(ours)
