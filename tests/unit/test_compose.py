"""The Docker files keep the rules, also where no Docker is there to try them."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

import graph_loader.cli
from graph_store.engine_jars import NEO4J_VERSION

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("app", "loader", "schedule")


def test_neo4j_and_the_app_start_by_themselves_and_the_loader_when_it_is_asked() -> None:
    profiles = {name: service.get("profiles", []) for name, service in SERVICES.items()}

    assert profiles == {"neo4j": [], "app": [], "loader": ["load"], "schedule": ["schedule"]}


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


def test_only_the_app_can_be_reached_from_elsewhere() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {
        "app": ["${EXPLORER_PUBLISH:-8501}:8501"],
        "neo4j": ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"],
    }
    assert not any("network_mode" in service or service.get("privileged") for service in SERVICES.values())


@pytest.mark.parametrize("name", OURS)
def test_app_and_loader_know_their_variables_and_wait_for_a_healthy_neo4j(name: str) -> None:
    store = (ROOT / "graph_store" / "store.py").read_text(encoding="utf-8")
    service = SERVICES[name]

    own = {"EXPLORER_STEWARD_SECRET"} if name == "app" else set()
    assert set(service["environment"]) == {"NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD"} | own
    assert '"NEO4J_URI"' in store
    assert service["environment"]["NEO4J_URI"] == "bolt://neo4j:7687"
    assert service["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_the_data_of_neo4j_outlive_its_container() -> None:
    assert SERVICES["neo4j"]["volumes"] == ["neo4j-data:/data", "neo4j-logs:/logs"]
    assert set(COMPOSE["volumes"]) == {"neo4j-data", "neo4j-logs"}


def test_what_runs_for_long_tells_whether_it_is_well_and_comes_back() -> None:
    assert "cypher-shell" in SERVICES["neo4j"]["healthcheck"]["test"][1]
    assert "/_stcore/health" in SERVICES["app"]["healthcheck"]["test"][-1]
    assert {SERVICES[name]["restart"] for name in ("neo4j", "app", "schedule")} == {"unless-stopped"}


def test_the_check_of_neo4j_takes_the_password_from_the_container_and_not_from_this_file() -> None:
    assert "$${NEO4J_AUTH#neo4j/}" in SERVICES["neo4j"]["healthcheck"]["test"][1]


@pytest.mark.parametrize("name", ["loader", "schedule"])
def test_the_files_to_be_loaded_cannot_be_changed_by_the_loader(name: str) -> None:
    assert all(volume.endswith(":ro") for volume in SERVICES[name]["volumes"])


def test_the_schedule_is_a_command_that_the_loader_knows() -> None:
    words = [*SERVICES["schedule"]["entrypoint"][1:], *SERVICES["schedule"]["command"]]

    assert words == ["watch", "/incoming", "--every=${EXPLORER_EVERY:-}"]
    command = typer.main.get_command(graph_loader.cli.app)
    assert isinstance(command, typer.core.TyperGroup)
    assert "--every" in command.commands["watch"].params[2].opts


def test_the_image_runs_as_an_ordinary_user_and_answers_outside_its_container() -> None:
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)

    assert users
    assert users[-1] not in ("root", "0")
    assert "STREAMLIT_SERVER_ADDRESS=0.0.0.0" in DOCKERFILE


def test_everything_the_image_copies_is_there_and_not_ignored() -> None:
    copied = [word for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for word in line.split()[:-1]]
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert [path for path in copied if f"!{path}" not in allowed] == []


def test_all_that_the_wheel_is_made_of_is_copied() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    parts = {*wheel["packages"], *wheel["force-include"], project["project"]["readme"]}
    copied = {word for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE) for word in line.split()[:-1]}

    missing = {part for part in parts if not any(part == path or part.startswith(f"{path}/") for path in copied)}

    assert missing == set()
