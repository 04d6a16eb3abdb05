"""The benchmark: what the exam room does, beside two yardsticks measured in the same minute. docs/performance.md."""
