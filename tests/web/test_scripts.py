"""Scripts as they are sent: without comments, the room's modules in one file, and the same modules by their names."""

from pathlib import Path

import pytest

from mockhall.web.scripts import joined, without_comments
from mockhall.web.static import ROOM, StaticFiles

JS = Path(__file__).resolve().parents[2] / "static/js"
SCRIPTS = sorted(JS.rglob("*.js"))
READ = {f"js/{path.relative_to(JS).as_posix()}": path.read_bytes() for path in SCRIPTS}
SAY = b"// Says.\nlet n = 0;\nexport const say = () => (n += 1);\nexport function loud() {}\n"


def test_comments_stay_here_and_every_line_keeps_its_number() -> None:
    sent = without_comments({"js/say.js": SAY})["js/say.js"]
    assert sent.split(b"\n") == [b"", *SAY.split(b"\n")[1:]]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_text_over_several_lines_could_be_taken_for_a_comment(path: Path) -> None:
    assert all(line.count("`") % 2 == 0 for line in path.read_text().splitlines())


def test_a_page_gets_its_modules_in_one_file_those_that_are_imported_first() -> None:
    files = {
        "js/room/room.js": b'import { say } from "./say.js";\nimport * as more from "./more.js";\nsay(more.two);\n',
        "js/room/more.js": b'import { say as aloud } from "./say.js";\nexport const two = 2;\naloud();\n',
        "js/room/say.js": SAY,
    }
    sent = joined(files, "js/room/room.js")
    whole = sent["js/room/room.js"].decode()
    assert whole.index("$js_room_say =") < whole.index("$js_room_more =") < whole.index("$js_room_room =")
    assert "const { say: aloud } = $js_room_say;" in whole
    assert "return { say, loud };" in whole
    assert 'export const { say, loud } = modules["js/room/say.js"];' in sent["js/room/say.js"].decode()
    assert 'from "./room.js"' in sent["js/room/say.js"].decode()


@pytest.mark.parametrize(
    "text",
    [b"export let n = 1;", b"export default 1;", b"import {\n  a,\n} from './say.js';", b'import "./room.js";'],
    ids=["let", "default", "several lines", "itself"],
)
def test_what_can_not_be_joined_is_refused_when_the_server_starts(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"room\.js"):
        joined({"js/room/room.js": text, "js/room/say.js": SAY}, "js/room/room.js")


def test_the_room_is_joined_and_what_comes_later_is_not_in_it() -> None:
    served = StaticFiles(JS.parent)._files
    assert b"$js_room_saver =" in served[ROOM]
    assert b"showModal" not in served[ROOM], "the hand-in's dialog comes on demand"
    assert served["js/room/hand-in.js"] == without_comments(READ)["js/room/hand-in.js"]
