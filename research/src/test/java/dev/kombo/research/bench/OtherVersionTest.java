package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import dev.kombo.shop.process.ChildJvm;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherVersionTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRunAnotherVersionWithoutTheSettingsThatItDoesNotKnow() {
        Map<String, String> settings = Map.of("kombo.offer.size", "4", "kombo.setting.of.later", "1");

        OtherVersion other = OtherVersion.of(ChildJvm.ownClassPath(), settings, folder);

        assertThat(other.unknown()).containsExactly("kombo.setting.of.later");
        assertThat(other.known(settings)).isEqualTo(Map.of("kombo.offer.size", "4"));
    }

    @Test
    void shouldRefuseAValueThatAnotherVersionRefuses() {
        assertThatThrownBy(() -> OtherVersion.of(ChildJvm.ownClassPath(), Map.of("kombo.offer.size", "0"), folder))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the other version cannot read the settings")
                .hasMessageContaining("kombo.offer.size");
    }

    @Test
    void shouldRefuseAClassPathWithoutKombo() {
        assertThatThrownBy(() -> OtherVersion.of(folder.toString(), Map.of(), folder))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the other version cannot read the settings")
                .hasMessageContaining("KomboMain");
    }
}
