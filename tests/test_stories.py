"""Sentences of a story are testimonials by their place, and those that address the reader are not."""

from __future__ import annotations

from factcheck import Checker


def told(checker: Checker, text: str) -> list[str]:
    report = checker.check_text(text)
    return [finding.span.of(text) for finding in report.findings if finding.claim.type == "testimonial"]


def test_the_sentences_between_belong_to_the_story(checker: Checker) -> None:
    text = "I bought the lamp in spring. The first evenings were strange. Nobody in the house could sleep. Now I highly recommend it."
    found = told(checker, text)
    assert "The first evenings were strange." in found
    assert "Nobody in the house could sleep." in found


def test_a_story_goes_on_in_the_next_paragraph_and_ends_with_it(checker: Checker) -> None:
    text = "I was tired all day.\n\nThe evenings were long.\n\nI highly recommend this lamp.\n\nThe lamp weighs two kilos."
    found = told(checker, text)
    assert "The evenings were long." in found
    assert "The lamp weighs two kilos." not in found


def test_what_addresses_the_reader_is_not_part_of_a_story(checker: Checker) -> None:
    assert "Put yours on the desk." not in told(checker, "I bought the lamp in spring. Put yours on the desk. I highly recommend it.")


def test_one_personal_sentence_does_not_make_a_long_paragraph_a_story(checker: Checker) -> None:
    rest = [
        "The lamp weighs two kilos.",
        "It has a steel foot.",
        "The cable is black.",
        "The bulb fits most sockets.",
        "It is made in Kent.",
    ]
    assert told(checker, " ".join(["I highly recommend this lamp.", *rest])) == ["I highly recommend"]


def test_a_story_is_no_overstatement_by_itself(checker: Checker) -> None:
    report = checker.check_text("I bought the lamp in spring. The first evenings were strange. I highly recommend it.")
    assert [finding.rating for finding in report.findings] == ["none", "none", "none"]


def ratings(checker: Checker, text: str) -> dict[str, str]:
    report = checker.check_text(text)
    return {report.sentences[f.claim.match.sentence].span.of(text): f.rating for f in report.findings if f.claim.type == "testimonial"}


def test_a_result_counts_only_where_somebody_tells(checker: Checker) -> None:
    assert ratings(checker, "I bought the lamp in spring. Headaches gone!")["Headaches gone!"] != "none"
    assert "Headaches gone!" not in ratings(checker, "The lamp stands on a desk. Headaches gone!")


def test_a_case_goes_on_as_long_as_the_person_is_spoken_of(checker: Checker) -> None:
    case = "Last spring a young woman came to me after years of migraine. She had seen three doctors. Her mother drove her to the clinic."
    text = f"{case}\n\nHer sister wrote to me at Christmas.\n\nThe clinic opens at nine. A first visit costs 40 pounds."
    found = ratings(checker, text)
    assert "Her mother drove her to the clinic." in found
    assert "Her sister wrote to me at Christmas." in found
    assert "The clinic opens at nine." not in found


def test_what_a_customer_is_quoted_with_is_testimony_and_what_a_professor_says_is_none(checker: Checker) -> None:
    customer = '"Six kilos in five weeks and no hunger," reports Peter, a taxi driver.'
    assert ratings(checker, customer)[customer] != "none"
    professor = '"Six kilos in five weeks and no hunger," reports Professor Lund of the University of Ekby.'
    assert ratings(checker, professor) == {}


def test_what_the_author_tells_of_himself_is_no_testimony_without_a_result_or_praise(checker: Checker) -> None:
    assert ratings(checker, "I was in Leeds for ten years. I offer sessions for adults.") == {}
    assert "I was in Leeds for ten years." in ratings(checker, "I was in Leeds for ten years. I highly recommend this lamp.")
    apart = "I was in Leeds for ten years and know every street.\n\nThe lamp\n\nMy sister and I tried it out. We highly recommend it."
    assert "I was in Leeds for ten years and know every street." not in ratings(checker, apart)


def test_a_result_in_the_first_person_is_testimony_by_itself(checker: Checker) -> None:
    assert ratings(checker, "My hay fever has not bothered me this year.") != {}
    assert ratings(checker, "Has your hay fever bothered you this year?") == {}


def test_the_section_of_the_reviews_goes_on_under_their_titles(checker: Checker) -> None:
    first = "Reviews\n\nFinally\n\nI sleep so well now. The rain track is gorgeous and calm.\n\n"
    text = f"{first}Great app\n\nSimple and quiet, with no adverts. I love the bells.\n\nRenata B.\n\n"
    found = ratings(checker, f"{text}Order\n\nThe app costs three pounds a month and runs on most phones.")
    assert "The rain track is gorgeous and calm." in found
    assert "Simple and quiet, with no adverts." in found
    assert "Renata B." not in found
    assert "The app costs three pounds a month and runs on most phones." not in found


def test_offers_and_directions_among_the_reviews_are_none(checker: Checker) -> None:
    text = "What our clients say\n\nThe bells are lovely and calm. Take ten drops before each meal. We will send you a parcel."
    found = ratings(checker, text)
    assert "The bells are lovely and calm." in found
    assert "Take ten drops before each meal." not in found
    assert "We will send you a parcel." not in found


def test_a_name_may_stand_above_the_review(checker: Checker) -> None:
    text = "Katie, 34\n\nMinus 22 lb in two months and no hunger.\n\nYolanda, 51\n\nA size 12 in time for the summer.\n\n"
    found = ratings(checker, f"In May\n\n{text}")
    assert found["Minus 22 lb in two months and no hunger."] != "none"
    assert "A size 12 in time for the summer." in found


def test_the_story_of_another_is_known_by_its_result(checker: Checker) -> None:
    story = "Zoe covered her face at college. Every morning she stood at the mirror. By spring the redness had faded."
    assert ratings(checker, story)["Every morning she stood at the mirror."] == "none"
    assert ratings(checker, story)["By spring the redness had faded."] != "none"
    assert ratings(checker, "Zoe covered her face at college. Every morning she stood at the mirror.") == {}


def test_a_life_told_is_no_testimony(checker: Checker) -> None:
    life = "I grew up on a farm. My grandmother baked on Fridays. She was a wonderful person. I loved her bread."
    remedy = "I grew up on a farm. My grandmother gave me this balm. It relieves arthritis. It cures colds. It stops coughs. I love it."
    assert told(checker, life) == []
    assert told(checker, remedy)
