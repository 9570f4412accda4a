"""`bin/docs`: writes every generated page, and the picture of the README."""

from docs.generate.pages import ROOT, pages
from docs.generate.picture import picture


def main() -> None:
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    path = ROOT / "docs" / "images" / "plan.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture())
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
