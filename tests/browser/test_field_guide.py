"""The guide and the lesson in a real browser: a link opens its state, an answer is explained."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tconv_ui.field_guide.chapters import CHAPTERS
from tconv_ui.lesson.questions import draw_questions
from tests.browser.app import App

BY_KEY = {chapter.key: chapter for chapter in CHAPTERS}


def test_a_chapters_door_leads_into_its_state_and_the_address_carries_it(app: App) -> None:
    app.open("step_by_step?readings=Matrix&size=6")
    app.visit("Learn", "Field guide")
    app.page.get_by_role("button", name="Next").click()
    app.wait_for_link(chapter=BY_KEY["convolution"].title)
    app.open("field_guide?chapter=Zero insertion&size=6")
    expect(app.page.locator("h2")).to_have_text(BY_KEY["zeros"].title)
    app.page.locator(".st-key-page_link button").click()
    expect(app.page.locator("h1")).to_have_text("Step by step")
    app.wait_for_link(**BY_KEY["zeros"].link.query)
    assert app.link == BY_KEY["zeros"].link.query
    app.visit("Learn", "Field guide")
    app.page.locator(".st-key-page_link button").click()
    app.settle()
    app.visit("Learn", "Field guide")
    assert app.alerts == []


def test_a_wrong_answer_is_explained_on_a_phone(app: App) -> None:
    app.page.set_viewport_size({"width": 400, "height": 800})
    app.open("lesson?quiz=3&questions=2")
    question = draw_questions(3, 2)[0]
    place = 1 if question.right == 0 else 0
    app.page.locator("[data-testid=stRadio] [role=radiogroup] label").nth(place).click()
    app.page.locator(".st-key-submit button").click()
    said = app.page.get_by_text(re.compile(re.escape(f"Not {question.options[place]}: it is")))
    expect(said).to_contain_text(question.options[question.right])
    expect(said).to_contain_text(question.explanation)
    app.settle()
    assert app.beyond_the_edge() == []


def test_the_table_scrolls_within_itself_on_a_phone(app: App) -> None:
    app.page.set_viewport_size({"width": 400, "height": 800})
    app.open("field_guide?part=The layers")
    table = app.page.locator("[data-testid=stTable]")
    expect(table.locator("table")).to_be_visible()
    widths = "node => [node.scrollWidth, node.clientWidth]"
    main_needs, main_has = app.page.locator("[data-testid=stMain]").evaluate(widths)
    assert main_needs == main_has <= 400
    box = table.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 400
