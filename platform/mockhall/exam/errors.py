"""What a rule says when it refuses a value."""


class RuleError(Exception):
    """A refused value: `field` names the form's field, `text` is the sentence said beside it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(f"{field}: {text}")
        self.field = field
        self.text = text


class AnswerError(RuleError):
    """A candidate's answer that can't be kept; what is stored stays as it was."""
