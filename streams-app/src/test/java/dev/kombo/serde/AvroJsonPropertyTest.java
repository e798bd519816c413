package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AvroJsonPropertyTest {
    @Property(tries = 300, seed = "1")
    void shouldReadBackWhatItWrote(@ForAll long seed) {
        BehaviorEvent event = new RandomRecords(seed).record(BehaviorEvent.class);
        if (event.getType() == EventType.UNKNOWN) {
            event.setType(EventType.VIEW);
        }

        AvroJson.Read<BehaviorEvent> read = AvroJson.read(AvroJson.write(event), BehaviorEvent.class);

        assertThat(read.faults()).isEmpty();
        assertThat(read.record()).isEqualTo(event);
    }
}
