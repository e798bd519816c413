package dev.kombo.topology.user;

import dev.kombo.ops.Counters;
import dev.kombo.ops.KomboMetric;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.profile.EventRules;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.RejectedEvent;
import org.apache.kafka.streams.processor.api.Record;

/** Turns an event that breaks a rule into a readable record for the operator, and counts it by reason. */
final class Rejections {
    static final EventRules.Violation EMPTY_RECORD =
            new EventRules.Violation("value", "empty-record", "the record has no value");

    private static final int LONGEST_PAYLOAD = 1 << 16;

    private final String source;
    private final Counters counters;
    private final Pseudonyms ids;

    /**
     * @param source topic of the events
     * @param ids replaces shopper ids by pseudonyms
     */
    Rejections(String source, Counters counters, Pseudonyms ids) {
        this.ids = ids;
        this.source = source;
        this.counters = counters;
    }

    RejectedEvent of(EventRules.Violation violation, Record<String, BehaviorEvent> record) {
        counters.count(KomboMetric.EVENTS_REJECTED, violation.reason());
        BehaviorEvent event = ids.on() ? hidden(record.value()) : record.value();
        return RejectedEvent.newBuilder()
                .setEventId(event == null ? null : event.getEventId())
                .setSource(source)
                .setField(violation.field())
                .setReason(violation.reason())
                .setDetail(violation.detail())
                .setPayload(event == null ? null : payload(event.toString()))
                .setEventTime(event == null ? record.timestamp() : event.getEventTime())
                .build();
    }

    private BehaviorEvent hidden(BehaviorEvent event) {
        return event == null
                ? null
                : BehaviorEvent.newBuilder(event)
                        .setUserId(ids.of(event.getUserId()))
                        .setSessionId(ids.of(event.getSessionId()))
                        .build();
    }

    /** Truncates the payload: a record that is too large would stop the instance. */
    private static String payload(String json) {
        return json.length() <= LONGEST_PAYLOAD
                ? json
                : json.substring(0, LONGEST_PAYLOAD) + "... (" + json.length() + " characters)";
    }
}
