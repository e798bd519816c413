"""A shop that is not written in Java: librdkafka's client and partitioner, Python's Avro, Confluent's registry client.

    shop.py publish BROKER REGISTRY SCHEMA < EVENTS     publishes events, one JSON document a line; prints where each went
    shop.py read BROKER REGISTRY TOPIC                  prints what is committed in a topic, one JSON document a line

Needs Debian's python3-confluent-kafka, python3-avro and python3-requests.
"""

import json
import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.avro import CachedSchemaRegistryClient, load
from confluent_kafka.avro.serializer.message_serializer import MessageSerializer

TOPIC = "behavior-event"


def print_line(document):
    print(json.dumps(document), flush=True)


def publish(broker, registry, schema_file):
    schema = load(schema_file)
    values = MessageSerializer(CachedSchemaRegistryClient({"url": registry}))
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
            value=values.encode_record_with_schema(TOPIC, schema, event),
            callback=delivered,
        )
        producer.poll(0)
    producer.flush()


def read(broker, registry, topic):
    values = MessageSerializer(CachedSchemaRegistryClient({"url": registry}))
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
                    "value": values.decode_message(message.value()),
                }
            )
        elif message.error().code() == KafkaError._PARTITION_EOF:
            unread.discard(message.partition())
        else:
            sys.exit(f"cannot read {topic}: {message.error()}")
    consumer.close()


if __name__ == "__main__":
    {"publish": publish, "read": read}[sys.argv[1]](*sys.argv[2:])
