"""The worked example of spec 06 §6.17.9: hub A claims on 12 March 2026."""

from datetime import date

from tests.appropriate_bodies.bulk.files import CLAIM_HEAD, CLAIMS, batch, of, send, wrong
from tests.appropriate_bodies.bulk.test_whole_way import confirm
from tests.factories import InductionPeriodFactory

QTS = date(2025, 7, 1)


def test_one_of_five_is_claimed(hub, other, user, somebody, held, work, on):
    on("2026-03-12")
    somebody(
        "3000101", date_of_birth=date(1998, 2, 1), induction_status="InProgress", qts_held_from=QTS
    )
    held("3000102", other, trs={"date_of_birth": date(1997, 5, 9)}, started_on=date(2025, 9, 1))
    somebody("3000104", date_of_birth=date(1996, 3, 3), qts_held_from=QTS)
    somebody("3000105", date_of_birth=date(1995, 12, 12), qts_held_from=date(2024, 7, 1))
    InductionPeriodFactory(
        appropriate_body=other,
        teacher__trn="3000105",
        started_on=date(2025, 1, 6),
        finished_on=date(2025, 12, 19),
        number_of_terms=3,
    )

    send(
        user,
        CLAIMS,
        of(
            CLAIM_HEAD,
            "3000101,1998-02-01,school-led,2026-01-05",
            "3000102,1997-05-09,PROVIDER-LED,2025-09-01",
            "300103,09/05/1997,cip,2026-04-01",
            "3000104,1996-03-03,school-led,2025-06-30",
            "3000105,1995-12-12,school-led,2025-10-01",
        ),
    )
    work()

    assert batch().rows.get(number=2).state == "ok"
    assert "Hub B" in wrong(3)[0]
    # A TRN that lost its zero and another way to write a date are understood (Improve).
    said = " ".join(wrong(4))
    assert "provider-led or school-led" in said
    assert "1 July 2025" in wrong(5)[0]
    assert "20 December 2025" in wrong(6)[0]
    confirm(user)
    work()
    assert (batch().claimed_count, batch().errored_count) == (1, 4)
    assert user.client.get(user.whole(f"{CLAIMS}/{batch().pk}.csv")).content.count(b"\n") == 5
