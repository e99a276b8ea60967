"""What lists of the API answer."""


def items(response):
    assert response.status_code == 200, response.content
    return response.json()["data"]


def ids(response):
    return [item["id"] for item in items(response)]
