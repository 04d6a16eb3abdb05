"""The words for key rulings: for editors who choose one, and for candidates who read what was decided."""

from mockhall.bank.key_versions import Held
from mockhall.exam.paper import Action

WORDS = {
    Action.MORE_THAN_ONE_RIGHT: "Accept further choices as right",
    Action.ALL_RIGHT: "Full marks to everybody who answered",
    Action.DROPPED: "Drop the question: full marks to everybody",
    Action.LEAVE_OUT: "Leave the question out of the total",
    Action.CHANGE_KEY: "Change the right answer",
    Action.UPHOLD: "The key stands",
}
HINTS = {
    Action.MORE_THAN_ONE_RIGHT: "Full marks to whoever chose any of them.",
    Action.ALL_RIGHT: "Who left it blank gets nothing for it.",
    Action.DROPPED: "Also to those who left it blank.",
    Action.LEAVE_OUT: "It counts neither way, and the test is out of less.",
    Action.CHANGE_KEY: "Answers are marked anew; who was right before may lose marks.",
    Action.UPHOLD: "As it was set. It takes an earlier ruling back.",
}
PUBLIC = {
    Action.MORE_THAN_ONE_RIGHT: "More than one choice was accepted as right.",
    Action.ALL_RIGHT: "Every answer was accepted as right.",
    Action.DROPPED: "The question was dropped, and everybody got full marks for it.",
    Action.LEAVE_OUT: "The question was left out of the total.",
    Action.CHANGE_KEY: "The right answer was changed.",
    Action.UPHOLD: "The right answer was looked at again, and stands.",
}


def public(held: Held) -> str:
    """What candidates read of a decision; of one that takes another back, what holds again by it."""
    action = held.ruling.action
    if not held.takes_back:
        return PUBLIC[action]
    if action in (Action.UPHOLD, Action.CHANGE_KEY):
        return "An earlier decision was taken back: the right answer is again what it was before."
    return f"An earlier decision was taken back. {PUBLIC[action]}"
