"""The Docker files keep the rules, also where no Docker is there to try them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_store.engine_jars import NEO4J_VERSION

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("app", "loader")


def test_the_services_are_neo4j_the_app_and_the_loader() -> None:
    assert set(SERVICES) == {"neo4j", "app", "loader"}
    assert SERVICES["loader"]["profiles"] == ["load"]


def test_every_image_is_pinned_to_a_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)

    assert [image for image in images if not re.search(r":\d+\.\d+\.\d+(-[a-z-]+)?$", image)] == []


def test_neo4j_is_the_community_edition_of_the_version_that_the_tests_run_on() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{NEO4J_VERSION}-community"


def test_the_password_is_asked_for_and_has_no_default() -> None:
    texts = re.findall(r"\$\{(\w*PASSWORD\w*)([^}]*)\}", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))

    assert texts
    assert {name for name, _rest in texts} == {"NEO4J_PASSWORD"}
    assert all(rest.startswith(":?") for _name, rest in texts)


def test_only_the_app_is_published_and_only_on_this_computer() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"app": ["${EXPLORER_PUBLISH:-127.0.0.1:8501}:8501"]}
    assert not any("network_mode" in service or service.get("privileged") for service in SERVICES.values())


@pytest.mark.parametrize("name", OURS)
def test_app_and_loader_know_their_variables_and_wait_for_a_healthy_neo4j(name: str) -> None:
    store = (ROOT / "graph_store" / "store.py").read_text(encoding="utf-8")
    service = SERVICES[name]

    assert set(service["environment"]) == {"NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD"}
    assert '"NEO4J_URI"' in store
    assert service["environment"]["NEO4J_URI"] == "bolt://neo4j:7687"
    assert service["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_the_data_of_neo4j_outlive_its_container() -> None:
    assert SERVICES["neo4j"]["volumes"] == ["neo4j-data:/data"]
    assert "neo4j-data" in COMPOSE["volumes"]
    assert "healthcheck" in SERVICES["neo4j"]


def test_the_image_runs_as_an_ordinary_user_and_tells_whether_it_is_well() -> None:
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)

    assert users
    assert users[-1] not in ("root", "0")
    assert "HEALTHCHECK" in DOCKERFILE
    assert "STREAMLIT_SERVER_ADDRESS=0.0.0.0" in DOCKERFILE


def test_everything_the_image_copies_is_there_and_not_ignored() -> None:
    copied = [word for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for word in line.split()[:-1]]
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert [path for path in copied if f"!{path}" not in allowed] == []
