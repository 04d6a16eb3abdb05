"""A list of people read line by line: what is understood, and what is said of a line that isn't."""

import pytest

from mockhall.accounts.roster import MOST_LINES, NEEDS_HEADING, NO_COLUMN, Roster, Wanted, read, written


def emails(roster: Roster) -> list[str]:
    return [each.email for each in roster.people]


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.text) for fault in read(text).faults]


@pytest.mark.parametrize(
    "text",
    [
        "asha@example.org\nben@example.org",
        "\ufeffAsha@Example.org\r\n\r\n  ben@example.org  \r\n",
        "asha@example.org\rben@example.org",
        "asha@example.org, ben@example.org",
        "asha@example.org;ben@example.org",
        "asha@example.org\tben@example.org",
        "asha@example.org ben@example.org",
        '"asha@example.org"\n"ben@example.org",',
        "Email\nasha@example.org\nben@example.org",
        "sep=;\nname;email\nAsha;asha@example.org\nBen;ben@example.org",
    ],
)
def test_addresses_are_found_however_they_are_parted(text: str) -> None:
    assert emails(read(text)) == ["asha@example.org", "ben@example.org"]
    assert read(text).faults == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_stand_in_any_order_under_their_heading(delimiter: str) -> None:
    lines = [["Roll No", "E-mail", "Class", "Full name"], ["7", "asha@example.org", "9B", "Asha  Rao"]]
    found = read("\n".join(delimiter.join(line) for line in lines))
    assert found.people == [Wanted(2, "asha@example.org", "Asha Rao", "7")]
    assert found.unread == ["Class"]


def test_a_quoted_cell_holds_commas_and_a_short_line_lacks_what_is_at_its_end() -> None:
    found = read('email,name,roll\nasha@example.org,"Rao, Asha ""AR""",7\nben@example.org\n,,\n')
    assert found.people == [Wanted(2, "asha@example.org", 'Rao, Asha "AR"', "7"), Wanted(3, "ben@example.org")]
    assert found.faults == []


@pytest.mark.parametrize("line", ["Asha Rao <asha@example.org>", '"Asha Rao" <asha@example.org>,'])
def test_a_name_before_the_address_as_mail_programs_write_it_is_taken(line: str) -> None:
    assert read(line).people == [Wanted(1, "asha@example.org", "Asha Rao")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nobody", "whole address"),
        ("a@b@c", "whole address"),
        ("=1+1", "whole address"),
        ("=cmd@example.org", "no address"),
        ("+asha@example.org", "no address"),
        ("<b>asha@example.org", "no address"),
        ("<script>alert(1)</script>@x", "no address"),
        ("asha@example.org\0", "no text"),
        ("asha\x1b@example.org", "no text"),
        ("a" * 300 + "@example.org", "at most 254"),
        ("e\u0301" * 300 + "@e.org", "at most 254"),
        ("x" * 2001, "longer than 2,000"),
        ("Asha, asha@example.org", NEEDS_HEADING),
    ],
)
def test_a_line_that_is_no_address_is_told_of_by_its_number(line: str, said: str) -> None:
    found = read(f"ben@example.org\n{line}\ndev@example.org")
    assert emails(found) == ["ben@example.org", "dev@example.org"]
    ((number, text),) = [(fault.line, fault.text) for fault in found.faults]
    assert number == 2
    assert said in text


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (",Asha,1", "no address"),
        ("asha@example.org,=1+1,1", "can’t begin with ="),
        ("asha@example.org,@SUM,1", "can’t begin with @"),
        ("asha@example.org,Asha,-1", "A roll number can’t begin with -"),
        ("asha@example.org,<b>Asha</b>,1", "can’t hold <"),
        (f"asha@example.org,{'A' * 81},1", "at most 80"),
        (f"asha@example.org,Asha,{'1' * 41}", "at most 40"),
        ('asha@example.org,"Asha,1', "quotation marks"),
        ("asha@example.org,Rao,Asha,1", "more cells"),
    ],
)
def test_a_cell_that_is_nonsense_leaves_its_line_out(cells: str, said: str) -> None:
    found = read(f"email,name,roll\n{cells}\nben@example.org,Ben,2")
    assert emails(found) == ["ben@example.org"]
    assert [fault.line for fault in found.faults] == [2]
    assert said in found.faults[0].text


def test_an_address_that_comes_again_names_the_line_it_stood_in() -> None:
    assert faults("asha@example.org\nben@example.org\nASHA@example.org") == [(3, "Line 1 has this address already.")]


def test_a_heading_without_an_email_column_is_told_of_and_nobody_is_read() -> None:
    found = read("name,roll\nAsha,1")
    assert (found.people, [(fault.line, fault.text) for fault in found.faults]) == ((), [(1, NO_COLUMN)])


def test_a_long_list_is_read_whole_and_what_is_too_long_is_told_of() -> None:
    lines = ["email,name,roll", *(f"p{n}@example.org,Person {n},{n}" for n in range(1, 2_501))]
    assert len(read("\n".join(lines)).people) == 2_500
    found = read("\n".join(f"p{n}@example.org" for n in range(MOST_LINES + 5)))
    assert len(found.people) == MOST_LINES
    assert [fault.line for fault in found.faults] == [MOST_LINES + 1]


def test_a_list_names_so_many_people_at_most_however_few_its_lines() -> None:
    found = read("\n".join(" ".join(f"p{n}-{line}@e.edu" for n in range(100)) for line in range(101)))
    assert len(found.people) == MOST_LINES
    assert [fault.line for fault in found.faults] == [101]


def test_an_excerpt_is_short_and_shows_no_signs_that_are_none() -> None:
    (fault,) = read("\0" + "x" * 100).faults
    assert len(fault.excerpt) < 70
    assert fault.excerpt.isprintable()


def test_what_is_sent_on_reads_back_the_same() -> None:
    found = read('email,name,roll\nasha@example.org,"Rao, ""A""; B",7\nben@example.org,,\n')
    again = read(written(found.people))
    assert [(each.email, each.name, each.roll) for each in again.people] == [
        (each.email, each.name, each.roll) for each in found.people
    ]
    assert again.faults == []


def test_an_empty_list_names_nobody() -> None:
    assert read("\ufeff \n;;\n") == Roster([], [], ())
