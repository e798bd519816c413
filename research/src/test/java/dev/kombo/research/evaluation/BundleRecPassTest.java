package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.research.data.BundleRecData;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.shop.Progress;
import dev.kombo.shop.data.DataFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRecPassTest {
    private static final int SESSIONS = 40;
    private static final int ITEMS = 4;
    private static final long START = 1_400_000_000_000L;
    private static final long DAY = 86_400_000;

    @TempDir
    private Path folder;

    /** Each session is one bundle of four items that no other session has. */
    private BundleRecData data() throws IOException {
        List<String> sessions = new ArrayList<>(List.of("user ID,session ID,timestamp"));
        List<String> sessionItems = new ArrayList<>(List.of("session ID,item ID"));
        List<String> sessionBundles = new ArrayList<>(List.of("session ID,bundle ID"));
        List<String> bundleItems = new ArrayList<>(List.of("bundle ID,item ID"));
        for (int s = 0; s < SESSIONS; s++) {
            long time = (START + DAY * s) / 1000;
            sessions.add(s % 7 + "," + s + "," + time);
            sessionBundles.add(s + "," + s);
            for (int i = 0; i < ITEMS; i++) {
                sessionItems.add(s + "," + (ITEMS * s + i));
                bundleItems.add(s + "," + (ITEMS * s + i));
            }
        }
        DataFiles.write(folder, "user_session.csv", sessions.toArray(String[]::new));
        DataFiles.write(folder, "session_item.csv", sessionItems.toArray(String[]::new));
        DataFiles.write(folder, "session_bundle.csv", sessionBundles.toArray(String[]::new));
        DataFiles.write(folder, "bundle_item.csv", bundleItems.toArray(String[]::new));
        DataFiles.write(folder, "item_titles.csv", "item ID,titles", "0,LAMP");
        DataFiles.write(folder, "item_categories.csv", "item ID,categories", "0,\"[['Home', 'Light']]\"");
        return BundleRecData.read(folder, null);
    }

    @Test
    void shouldFindTheBundleOfASessionByTheHalfThatWasBought() throws Exception {
        SeedResult result = run(data(), List.of(BasketMethods.OVERLAP, "popularity-long"), 1);

        assertThat(result.facts()).containsEntry("sessions measured", "20").containsEntry("bundles ranked", "40");
        assertThat(result.metrics().get(BasketMethods.OVERLAP))
                .containsEntry("recall@10", 1.0)
                .containsEntry("ndcg@10", 1.0)
                .containsEntry("hit-rate@10", 1.0);
        assertThat(result.metrics().get("popularity-long").get("recall@10")).isLessThan(1);
    }

    @Test
    void shouldGiveTheSameResultForTheSameSeed() throws Exception {
        BundleRecData data = data();
        List<String> methods = BundleRecPass.PROTOCOL.methods();

        assertThat(run(data, methods, 2).metrics())
                .isEqualTo(run(data, methods, 2).metrics())
                .isNotEqualTo(run(data, methods, 3).metrics());
    }

    /** As in the clothing and food parts of the real data: sessions without a user, and items without a category. */
    @Test
    void shouldShowRowsThatCannotBeUsedAndMeasureTheOthers() throws Exception {
        data();
        Path sessions = folder.resolve("session_item.csv");
        Files.writeString(sessions, Files.readString(sessions) + "nobody,1\nnobody,2\n");
        Path visits = folder.resolve("user_session.csv");
        Files.writeString(visits, Files.readString(visits) + "1,empty," + (START + DAY * SESSIONS) / 1000 + "\n");
        DataFiles.write(folder, "item_categories.csv", "item ID,categories", "0,[[]]");

        SeedResult result = run(BundleRecData.read(folder, null), List.of(BasketMethods.OVERLAP), 1);

        assertThat(result.facts())
                .containsEntry("rows left out", "{session_item.csv: unknown-session=2}")
                .containsEntry("sessions without items", "1")
                .containsEntry("sessions measured", "20");
        assertThat(result.metrics().get(BasketMethods.OVERLAP)).containsEntry("recall@10", 1.0);
    }

    @Test
    void shouldAskOnlyForTheSessionsOfTheTestPart() throws Exception {
        data();
        DataFiles.write(
                folder,
                "test.csv",
                "user ID,session ID,timestamp",
                "0,7," + (START + DAY * 7) / 1000,
                "9,new," + (START + DAY * SESSIONS) / 1000);
        Path items = folder.resolve("session_item.csv");
        Files.writeString(items, Files.readString(items) + "new,4\nnew,5\nnew,6\nnew,7\n");
        Path bundles = folder.resolve("session_bundle.csv");
        Files.writeString(bundles, Files.readString(bundles) + "new,1\n");

        SeedResult result = BundleRecPass.PROTOCOL
                .open(new EvaluationOptions(folder, PredictedPart.TEST, null, List.of(BasketMethods.OVERLAP), Map.of()))
                .run(1, Progress.NONE);

        assertThat(result.facts()).containsEntry("sessions", "41").containsEntry("sessions measured", "2");
    }

    private static SeedResult run(BundleRecData data, List<String> methods, long seed) throws InterruptedException {
        EvaluationOptions options = new EvaluationOptions(null, PredictedPart.TUNE, null, methods, Map.of());
        return new BundleRecPass(data, session -> session.time() >= START + DAY * SESSIONS / 2, options, seed)
                .run(Progress.NONE);
    }
}
