package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.SuggestedMember;
import dev.kombo.schema.SuggestedSlot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopResultTest {
    private static final Map<String, String> TITLES = Map.of("cocoa", "Cocoa", "red", "Red mug", "blue", "");

    @Test
    void shouldNameMembersByTheirTitlesOrIds() {
        assertThat(ShopResult.items(suggestion(null, "cocoa", "blue", "spoon"), TITLES))
                .isEqualTo("Cocoa + blue + spoon");
    }

    @Test
    void shouldSayWhatFillsASlot() {
        SuggestedSlot mugs = new SuggestedSlot("Mugs", List.of("red", "green", "blue"), 0L);

        assertThat(ShopResult.items(suggestion(mugs, "cocoa"), TITLES)).isEqualTo("Cocoa + Red mug or 2 others");
    }

    private static BundleSuggestion suggestion(SuggestedSlot slot, String... members) {
        BundleSuggestion suggestion = new BundleSuggestion();
        suggestion.setMembers(Arrays.stream(members).map(ShopResultTest::member).toList());
        suggestion.setSlot(slot);
        return suggestion;
    }

    private static SuggestedMember member(String id) {
        SuggestedMember member = new SuggestedMember();
        member.setItemId(id);
        return member;
    }
}
