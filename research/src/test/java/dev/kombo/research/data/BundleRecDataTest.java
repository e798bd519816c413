package dev.kombo.research.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.shop.data.DataFiles;
import dev.kombo.shop.data.DataSets;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRecDataTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        DataFiles.write(folder, "user_session.csv.gz", "user ID,session ID,timestamp", "u1,s1,172800", "u2,s2,86400");
        DataFiles.write(
                folder, "session_item.csv", "session ID,item ID", "s1,i1", "s1,i2", "s2,i3", "s2,i1", "s2,i9", "s2,i4");
        DataFiles.write(folder, "session_bundle.csv", "session ID,bundle ID", "s1,b1", "s2,b2", "s2,b3");
        DataFiles.write(
                folder, "bundle_item.csv", "bundle ID,item ID", "b1,i1", "b1,i2", "b2,i3", "b2,i1", "b3,i1", "b3,i4");
        DataFiles.write(folder, "item_titles.csv.gz", "item ID,titles", "i1,\"A \"\"fast\"\" disk, 1 TB\"");
        DataFiles.write(
                folder,
                "item_categories.csv.gz",
                "item ID,categories",
                "i1,\"[[Electronics,Batteries, Chargers & Accessories,AC],[Phones]]\"",
                "i2,\"[[Phones,Cases]]\"");
    }

    @Test
    void shouldReadSessionsAndBundles() throws IOException {
        BundleRecData data = BundleRecData.read(folder, null);

        assertThat(data.sessions().stream().map(BundleRecData.Session::id)).containsExactly("s2", "s1");
        BundleRecData.Session first = data.sessions().get(0);
        assertThat(data.users().id(first.user())).isEqualTo("u2");
        assertThat(first.time()).isEqualTo(86_400_000L);
        assertThat(ids(data.items(), first.items())).containsExactlyInAnyOrder("i1", "i3", "i4", "i9");
        assertThat(ids(data.bundles(), first.bundles())).containsExactlyInAnyOrder("b2", "b3");
        assertThat(ids(data.items(), data.bundleItems()[data.bundles().find("b2")]))
                .containsExactlyInAnyOrder("i1", "i3");
    }

    @Test
    void shouldReadTitlesAndCategories() throws IOException {
        BundleRecData data = BundleRecData.read(folder, null);

        assertThat(data.catalog().title("i1")).isEqualTo("A \"fast\" disk, 1 TB");
        assertThat(data.catalog().title("i9")).isEmpty();
        assertThat(data.catalog().categories("i1"))
                .containsExactly(List.of("Electronics", "Batteries, Chargers & Accessories", "AC"), List.of("Phones"));
        assertThat(data.catalog().categories("i9")).isEmpty();
    }

    @Test
    void shouldLeaveOutAndCountRowsThatCannotBeUsed() throws IOException {
        DataFiles.write(
                folder,
                "user_session.csv.gz",
                "user ID,session ID,timestamp",
                "u1,s1,172800",
                "u2,s1,1",
                "u2,s2,86400",
                "u3,s3,soon");
        DataFiles.write(folder, "session_item.csv", "session ID,item ID", "s1,i1", "s7,i1", "s2,", "s2,i3", "s3,i8");
        DataFiles.write(folder, "session_bundle.csv", "session ID,bundle ID", "s1,b1", "s7,b2", "s2,b8");
        DataFiles.write(
                folder,
                "item_categories.csv.gz",
                "item ID,categories",
                "i1,[[]]",
                "i2,\"[[],[Phones,Cases]]\"",
                "i3,Phones");

        BundleRecData data = BundleRecData.read(folder, null);

        assertThat(data.leftOut())
                .isEqualTo(Map.of(
                        "user_session.csv.gz: duplicate-session", 1L,
                        "user_session.csv.gz: unparsable-row", 1L,
                        "session_item.csv: unknown-session", 2L,
                        "session_item.csv: unparsable-row", 1L,
                        "session_bundle.csv: unknown-session", 1L,
                        "session_bundle.csv: unknown-bundle", 1L,
                        "item_categories.csv.gz: unparsable-row", 1L));
        assertThat(data.sessions().stream().map(BundleRecData.Session::id)).containsExactly("s2", "s1");
        assertThat(ids(data.items(), data.sessions().get(1).items())).containsExactly("i1");
        assertThat(data.catalog().categories("i1")).isEmpty();
        assertThat(data.catalog().categories("i2")).containsExactly(List.of("Phones", "Cases"));
    }

    @Test
    void shouldRefuseWhenAFileHasNoRowThatCanBeUsed() {
        DataFiles.write(folder, "user_session.csv.gz", "user ID,session ID,timestamp", "u1,s1,soon");
        assertThatThrownBy(() -> BundleRecData.read(folder, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no row of ")
                .hasMessageContaining("user_session.csv.gz can be used as bundlerec")
                .hasMessageContaining("line 2, timestamp: expected a number, found 'soon'");
    }

    @Test
    void shouldReadTheRealFiles() throws IOException {
        Path file = DataSets.require("bundlerec/electronic/user_session.csv.gz");

        BundleRecData data = BundleRecData.read(file.getParent(), null);

        assertThat(data.leftOut()).isEmpty();
        assertThat(data.sessions()).hasSize(1_145);
        assertThat(data.users().size()).isEqualTo(1_133);
        assertThat(data.items().size()).isEqualTo(4_943);
        assertThat(data.bundleItems().length).isEqualTo(1_750);
        assertThat(data.sessions().stream()
                        .mapToInt(session -> session.items().length)
                        .sum())
                .isEqualTo(6_539);
        assertThat(Arrays.stream(data.bundleItems()).flatMapToInt(Arrays::stream))
                .allSatisfy(item -> assertThat(
                                data.catalog().categories(data.items().id(item)))
                        .isNotEmpty());
    }

    private static List<String> ids(IdIndex index, int[] numbers) {
        return Arrays.stream(numbers).mapToObj(index::id).toList();
    }
}
