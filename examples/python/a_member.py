"""One member's dues: the amount, why, what is missing, and a form with a mistake."""

from decimal import Decimal

from rollbook import Facts, RuleSet, Status

rules = RuleSet.builtin("cpc")
member: Facts = {"stage": "full", "category": "waged", "base": Decimal("5400")}

print("The amount")
answer = rules.dues(member, period="2026-11", trace=True)
print(f"  {answer.amount} {answer.currency}, by {answer.rule}")

print("Why")
print(answer.explain("en"))

print("What is missing")
unknown: Facts = {"stage": "full", "category": "waged"}
open_answer = rules.dues(unknown, period="2026-11")
assert open_answer.status is Status.NEEDS_FACTS  # missing, which is not zero
for issue in open_answer.issues("en"):
    if issue.pointer:
        print(f"  {issue.pointer}: {issue.message}")

print("A form with a mistake")
for issue in rules.validate({**member, "base": "5,400"}, charge="dues", lang="en"):
    print(f"  {issue.pointer}: {issue.message}")
