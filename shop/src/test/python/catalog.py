"""Puts items into Kombo's catalogue as Kafka Connect writes them to a topic, and goes on until it is stopped.

    catalog.py BROKER TOPIC KOMBO        KOMBO is the address of the query API; KOMBO_TOKEN has a token of the role admin

Reads JSON of Connect's JsonConverter, with or without schemas, of Debezium's envelope or without it, and lines of JSON that
the file source reads. Offsets are committed once Kombo has the items: what was put is put again after a crash, which changes
nothing. Needs Debian's python3-confluent-kafka.
"""

import json
import os
import signal
import sys
import urllib.error
import urllib.parse
import urllib.request

from confluent_kafka import Consumer, KafkaError

# Columns of the shop's table, and the fields of an item that they become; to be adapted. Money is in minor units.
FIELDS = {
    "sku": ("itemId", str),
    "name": ("title", str),
    "category": ("category", str),
    "price": ("priceMinor", lambda price: round(float(price) * 100)),
    "currency": ("currency", str),
    "stock": ("stock", int),
    "image": ("image", str),
    "link": ("link", str),
}
MOST = 500


def row_of(value):
    """The row after the change, and whether it is gone."""
    row = json.loads(value)
    if isinstance(row, dict) and row.keys() == {"schema", "payload"}:
        row = row["payload"]
    if isinstance(row, str):
        row = json.loads(row)
    if "op" in row and "after" in row:
        return (row["before"], True) if row["op"] == "d" else (row["after"], False)
    return row, False


def item_of(row):
    return {field: of(row[column]) for column, (field, of) in FIELDS.items() if row.get(column) is not None}


def send(method, url, body=None):
    request = urllib.request.Request(url, data=body, method=method, headers={"Content-Type": "application/x-ndjson"})
    if "KOMBO_TOKEN" in os.environ:
        request.add_header("Authorization", "Bearer " + os.environ["KOMBO_TOKEN"])
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def put(kombo, items):
    if not items:
        return
    try:
        answer = send("POST", kombo + "/v1/items", "\n".join(map(json.dumps, items.values())).encode())
    except urllib.error.HTTPError as error:
        if error.code != 400:
            raise  # Whoever starts this program again goes on from what was committed.
        answer = {"accepted": 0, "rejected": [error.read().decode()]}
    for problem in answer["rejected"]:
        print(f"not taken: {problem}", file=sys.stderr, flush=True)
    print(f"put {answer['accepted']} items", flush=True)
    items.clear()


def remove(kombo, item_id):
    try:
        send("DELETE", f"{kombo}/v1/items/{urllib.parse.quote(item_id, safe='')}")
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise


def main(broker, topic, kombo):
    consumer = Consumer(
        {
            "bootstrap.servers": broker,
            "group.id": "kombo-catalog",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([topic])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        follow(consumer, topic, kombo)
    finally:
        consumer.close()  # Others of the group need not wait for it.


def follow(consumer, topic, kombo):
    while True:
        items = {}
        read = 0
        for message in consumer.consume(MOST, 1.0):
            if message.error() is not None:
                if message.error().code() == KafkaError.UNKNOWN_TOPIC_OR_PART:
                    continue  # Connect makes it with the first row.
                sys.exit(f"cannot read {topic}: {message.error()}")
            read += 1
            if message.value() is None:
                continue  # Debezium's tombstone follows the row that says what is gone.
            row, gone = row_of(message.value())
            item = item_of(row)
            if gone:
                put(kombo, items)
                remove(kombo, item["itemId"])
            else:
                items[item["itemId"]] = item
        put(kombo, items)
        if read > 0:
            consumer.commit(asynchronous=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
