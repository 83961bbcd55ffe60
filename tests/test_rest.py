"""REST: one error shape, strict JSON, the answers of Python, and what a machine finds by reading the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from schemathesis.config import SchemathesisConfig
from schemathesis.openapi import from_asgi

from assistant.interfaces.rest.app import application
from assistant.session import Reader
from tests.talking import assistant

JSON = {"content-type": "application/json"}


class Ready:
    """The shared assistants, by name."""

    def get(self, name: str) -> Any:
        return assistant(name)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    names = {name: name for name in ("loan", "progression")}
    with TestClient(application(Ready(), names), raise_server_exceptions=False) as opened:
        yield opened


def loan_values() -> dict[str, Any]:
    loan = assistant("loan").domain
    return {name: value for name, value in loan.case("3").values.items() if name != "debt_to_income"}


def test_health_is_told_without_a_domain(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_the_domains_name_every_feature_a_new_case_needs(client: TestClient) -> None:
    told = {d["name"]: d for d in client.get("/v1/domains").json()["domains"]}
    needed = {f["name"] for f in told["loan"]["features"] if f["required"]}

    assert set(told) == {"loan", "progression"}
    assert needed <= loan_values().keys()
    assert next(f for f in told["loan"]["features"] if f["name"] == "debt_to_income")["computed"]


def test_an_answer_is_in_the_language_asked_for(client: TestClient) -> None:
    told = client.post("/v1/loan/cases/3/ask", json={"text": "为什么？", "language": "zh"}).json()
    again = client.post("/v1/loan/cases/3/ask", json={"text": "有多大把握？", "session": told["session"]}).json()

    assert told["reading"] == "为什么是这个结果"
    assert told["answer"]["text"].startswith("您的申请被拒绝；")
    assert again["reading"] == "模型有多大把握"


@pytest.mark.parametrize("question", ["Why?", "What if the income were 60000?", "How sure is it?", "asdf"])
def test_an_answer_is_the_one_python_gets(client: TestClient, question: str) -> None:
    body = {"text": question, "reader": "support"}
    told = client.post("/v1/loan/cases/3/ask", json=body).json()
    same = assistant("loan")
    expected = same.ask(same.start(case="3", reader=Reader("support", "en")), question).last

    assert told["answer"] == json.loads(json.dumps(expected.answer.to_json()))
    assert told["record"] == json.loads(json.dumps(expected.record))
    assert told["follow_ups"] == list(expected.follow_ups)


def test_a_conversation_goes_on_where_it_was(client: TestClient) -> None:
    first = client.post("/v1/loan/cases/3/ask", json={"text": "What if the income were 60000?"}).json()
    second = client.post("/v1/loan/cases/3/ask", json={"text": "and 70000?", "session": first["session"]}).json()

    assert (second["session"], second["turn"]) == (first["session"], 2)
    assert "70,000" in second["answer"]["text"]


def test_a_conversation_about_another_case_or_of_another_reader_is_no_conversation(client: TestClient) -> None:
    first = client.post("/v1/loan/cases/3/ask", json={"text": "Why?"}).json()
    other = client.post("/v1/loan/cases/4/ask", json={"text": "Why?", "session": first["session"]})
    expert = client.post("/v1/loan/cases/3/ask", json={"text": "Why?", "session": first["session"], "reader": "expert"})

    assert other.status_code == expert.status_code == 404
    assert other.json() == client.get("/v1/loan/cases/no-such").json()


def test_a_new_case_goes_through_the_gate_and_can_be_asked_about_until_it_is_erased(client: TestClient) -> None:
    added = client.post("/v1/loan/cases", json={"values": loan_values()})
    id_ = added.json()["id"]

    assert added.status_code == 201
    assert client.post("/v1/loan/cases", json={"values": loan_values()}).json() == added.json()
    assert client.get(f"/v1/loan/cases/{id_}").json() == added.json()
    assert client.post(f"/v1/loan/cases/{id_}/ask", json={"text": "Why?"}).json()["record"]["subject"]["id"] == id_
    store = assistant("loan").store
    store.erase("loan", id_)
    assert client.get(f"/v1/loan/cases/{id_}").status_code == 404
    assert store.verify().intact


def test_a_case_tells_what_the_model_says(client: TestClient) -> None:
    patient = client.get("/v1/progression/cases/5").json()
    applicant = client.get("/v1/loan/cases/3").json()

    assert patient["outcome"] is None
    assert list(patient["scores"]) == list(assistant("progression").domain.schema.targets)
    assert applicant["outcome"] == "declined"
    assert sum(applicant["scores"].values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("verb", "path", "sent", "status", "code"),
    [
        ("GET", "/v1/loan/cases/99999", {}, 404, "E404"),
        ("GET", "/v1/nowhere/cases/3", {}, 404, "E601"),
        ("GET", "/v2", {}, 404, "E442"),
        ("DELETE", "/v1/loan/cases/3", {}, 405, "E443"),
        ("POST", "/v1/loan/cases/3/ask", {"content": b'{"text": NaN}', "headers": JSON}, 400, "E440"),
        ("POST", "/v1/loan/cases", {"content": b'{"values": {"income": 1e400}}', "headers": JSON}, 400, "E440"),
        ("POST", "/v1/loan/cases", {"content": b'{"values": ', "headers": JSON}, 400, "E440"),
        (
            "POST",
            "/v1/loan/cases",
            {"content": b'{"values": {"a": 1, "a": 2}}', "headers": JSON},
            400,
            "E440",
        ),
        ("POST", "/v1/loan/cases/3/ask", {"content": rb'{"text": "\ud800"}', "headers": JSON}, 400, "E440"),
        ("POST", "/v1/loan/cases/3/ask", {"content": b"\xff\xfe", "headers": JSON}, 400, "E440"),
        ("POST", "/v1/loan/cases", {"content": b"[" * 100_000, "headers": JSON}, 400, "E440"),
        ("POST", "/v1/loan/cases", {"content": b"values=1"}, 415, "E445"),
        ("POST", "/v1/loan/cases", {"json": {"values": {"x": "y" * 300_000}}}, 413, "E444"),
        ("POST", "/v1/loan/cases", {"json": {"values": {}, "more": 1}}, 422, "E441"),
        ("POST", "/v1/loan/cases", {"json": {"values": {"income": [1]}}}, 422, "E441"),
        ("POST", "/v1/loan/cases", {"json": {"values": {}}}, 422, "E110"),
        ("POST", "/v1/loan/cases/3/ask", {"json": {"text": ""}}, 422, "E401"),
        ("POST", "/v1/loan/cases/3/ask", {"json": {"text": "?" * 2001}}, 422, "E401"),
        ("POST", "/v1/loan/cases/3/ask", {"json": {"text": "Why?", "language": "xx"}}, 422, "E407"),
        ("POST", "/v1/loan/cases/3/ask", {"json": {"text": "what if income were -5?"}}, 422, "E103"),
    ],
)
def test_every_wrong_request_is_told_in_the_one_shape(
    client: TestClient, verb: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    answer = client.request(verb, path, **sent)

    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message", "where", "hint"}
    assert answer.json()["error"]["code"] == code


def test_a_bug_is_told_with_a_reference_and_nothing_else() -> None:
    class Broken:
        def get(self, name: str) -> Any:
            raise RuntimeError("secret")

    with TestClient(application(Broken(), {"loan": "loan"}), raise_server_exceptions=False) as broken:
        answer = broken.get("/v1/loan/cases/3")

    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "E900"
    assert "secret" not in answer.text


def test_with_a_token_nothing_is_told_without_it() -> None:
    with TestClient(application(Ready(), {"loan": "loan"}, "s3same"), raise_server_exceptions=False) as guarded:
        assert guarded.get("/v1/loan/cases/3").status_code == 401
        assert guarded.get("/v1/loan/cases/3", headers={"Authorization": "Bearer other"}).status_code == 401
        assert guarded.get("/v1/loan/cases/3", headers={"Authorization": "Bearer s3same"}).status_code == 200
        assert guarded.get("/healthz").status_code == 200


schema = from_asgi(
    "/openapi.json",
    application(Ready(), {"loan": "loan"}),
    config=SchemathesisConfig.from_dict({"generation": {"max-examples": 60, "deterministic": True}}),
)


@schema.parametrize()
def test_a_machine_that_reads_the_schema_finds_no_surprise(case: schemathesis.Case) -> None:
    case.call_and_validate()
