import re

from explorer.data.lists import title_of_code
from queries import library


def test_what_contradicts_is_a_message_in_every_case() -> None:
    said = re.findall(r"RETURN '([^']+)' AS what", library.query("contradictions").cypher)

    assert len(said) > 5
    assert [words for words in said if not title_of_code("what", words)] == []
