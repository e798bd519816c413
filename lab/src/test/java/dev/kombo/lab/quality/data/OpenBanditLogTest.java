package dev.kombo.lab.quality.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenBanditLogTest {
    private static final String HEAD = ",timestamp,item_id,position,click,propensity_score,user_feature_0,"
            + "user_feature_1,user_feature_2,user_feature_3,user-item_affinity_0,user-item_affinity_1\n";

    @TempDir
    private Path folder;

    @Test
    void shouldReadRoundsAndCountWhatCannotBeUsed() throws IOException {
        Files.writeString(
                folder.resolve("random_men.csv"),
                HEAD
                        + "0,2019-11-24 00:03:13.442536+00:00,1,3,1,0.25,a,b,c,d,0.0,2.0\n"
                        + "1,2019-11-24 00:03:14.442536+00:00,2,3,1,0.25,a,b,c,d,0.0,2.0\n"
                        + "2,2019-11-24 00:03:15.442536+00:00,0,0,1,0.25,a,b,c,d,0.0,2.0\n"
                        + "3,2019-11-24 00:03:16.442536+00:00,0,1,0,0.0,a,b,c,d,0.0,2.0\n");

        OpenBanditLog log = OpenBanditLog.read(folder, "random");

        assertThat(log.rounds()).containsExactly(new OpenBanditLog.Round(1, 2, true, 0.25));
        assertThat(log.leftOut())
                .isEqualTo(Map.of(
                        "random_men.csv: unknown-item", 1L,
                        "random_men.csv: unknown-position", 1L,
                        "random_men.csv: not-a-probability", 1L));
    }
}
