"""A shop that is not written in Java: librdkafka's client and partitioner, Python's Avro, Confluent's registry client. By
the API of confluent_kafka 1.7 to 2: what is deprecated there (confluent_kafka.avro) is not used.

    shop.py publish BROKER REGISTRY SCHEMA < EVENTS     publishes events, one JSON document a line; prints where each went
    shop.py read BROKER REGISTRY TOPIC                  prints what is committed in a topic, one JSON document a line

Needs Debian's python3-confluent-kafka, python3-avro and python3-requests.
"""

import io
import json
import struct
import sys

import avro.io
import avro.schema
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient

TOPIC = "behavior-event"


def print_line(document):
    print(json.dumps(document), flush=True)


def encode(schema_id, schema, record):
    """Confluent's wire format: a zero, the schema's id, the record in Avro's binary encoding."""
    value = io.BytesIO()
    value.write(struct.pack(">bI", 0, schema_id))
    avro.io.DatumWriter(schema).write(record, avro.io.BinaryEncoder(value))
    return value.getvalue()


def decode(schemas, value):
    """The other way round; `schemas` gives the schema of an id."""
    magic, schema_id = struct.unpack(">bI", value[:5])
    if magic != 0:
        sys.exit(f"not Confluent's wire format: {value[:5]}")
    return avro.io.DatumReader(schemas(schema_id)).read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))


def publish(broker, registry, schema_file):
    with open(schema_file, encoding="utf-8") as file:
        text = file.read()
    schema = avro.schema.parse(text)
    schema_id = SchemaRegistryClient({"url": registry}).register_schema(f"{TOPIC}-value", Schema(text, "AVRO"))
    # No partitioner is named: librdkafka's own default is what Kombo has to cope with.
    producer = Producer({"bootstrap.servers": broker, "enable.idempotence": True})

    def delivered(error, message):
        if error is not None:
            sys.exit(f"not delivered: {error}")
        print_line({"user": message.key().decode("utf-8"), "partition": message.partition()})

    for line in sys.stdin:
        event = json.loads(line)
        # Python's Avro wants a value for each field.
        for field in schema.fields:
            if field.has_default:
                event.setdefault(field.name, field.default)
        producer.produce(
            TOPIC,
            key=event["userId"].encode("utf-8"),
            value=encode(schema_id, schema, event),
            callback=delivered,
        )
        producer.poll(0)
    producer.flush()


def read(broker, registry, topic):
    client = SchemaRegistryClient({"url": registry})
    known = {}

    def schemas(schema_id):
        if schema_id not in known:
            known[schema_id] = avro.schema.parse(client.get_schema(schema_id).schema_str)
        return known[schema_id]

    consumer = Consumer(
        {
            "bootstrap.servers": broker,
            "group.id": "python-shop",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
        }
    )
    partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in partitions])
    unread = set(partitions)
    while unread:
        message = consumer.poll(30)
        if message is None:
            sys.exit("nothing came for 30 s")
        if message.error() is None:
            print_line(
                {
                    "key": message.key().decode("utf-8"),
                    "partition": message.partition(),
                    "value": None if message.value() is None else decode(schemas, message.value()),
                }
            )
        elif message.error().code() == KafkaError._PARTITION_EOF:
            unread.discard(message.partition())
        else:
            sys.exit(f"cannot read {topic}: {message.error()}")
    consumer.close()


if __name__ == "__main__":
    {"publish": publish, "read": read}[sys.argv[1]](*sys.argv[2:])
