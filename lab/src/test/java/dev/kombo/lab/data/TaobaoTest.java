package dev.kombo.lab.data;

import static dev.kombo.lab.data.EventFiles.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.quality.data.DataFiles;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaobaoTest {
    @TempDir
    Path directory;

    @Test
    void shouldMapEachBehaviourWhenFileHasNoHeader() {
        List<EventRow> rows = read(
                "999827,2982114,3738615,pv,1511513157",
                "999827,2982114,3738615,cart,1511513158",
                "999827,2982114,3738615,fav,1511513159",
                "999827,2982114,3738615,buy,1511513160");

        assertThat(rows.stream().map(row -> event(row).getType()))
                .containsExactly(EventType.VIEW, EventType.ADD_TO_CART, EventType.FAVOURITE, EventType.PURCHASE);
        BehaviorEvent first = event(rows.get(0));
        assertThat(first.getEventId()).isEqualTo("taobao.csv:1");
        assertThat(first.getUserId()).isEqualTo("999827");
        assertThat(first.getItemId()).isEqualTo("2982114");
        assertThat(first.getUnitPriceMinor()).isNull();
        assertThat(first.getEventTime()).isEqualTo(1_511_513_157_000L);
        assertThat(((EventRow.Accepted) rows.get(0)).item().category()).isEqualTo("3738615");
    }

    @Test
    void shouldRejectWhenBehaviourTimeOrKeyIsUnsound() {
        List<EventRow> rows = read("1,2,3,look,1511513157", "1,2,3,pv,-5", ",2,3,pv,1511513157", "1,2,3,pv,soon");

        assertThat(rows.stream().map(EventFiles::reason))
                .containsExactly("unknown-type", "unparsable-row", "missing-user", "unparsable-row");
    }

    private List<EventRow> read(String... rows) {
        return EventFiles.read(EventFileFormat.named("taobao", null), DataFiles.write(directory, "taobao.csv", rows));
    }
}
