package dev.kombo.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the slots of a bundle as a person writes them, and reads them: {@code mugs: 3 of red, green, blue},
 * {@code drink: 1 of category Drinks}, {@code case: 1 of fits=phone-x}, {@code any: 3 or more of all},
 * {@code tea: 3 to 6 of tea, repeats}. A backslash before a character takes it as it is.
 */
public final class SlotText {
    private static final Pattern SLOT = Pattern.compile(
            "(?<name>(?:[^:\\\\]|\\\\.){1,200}?)\\s*: ?(?<units>\\d{1,9})(?<more> or more| to (?<most>\\d{1,9}))? of (?<set>.+)",
            Pattern.DOTALL);
    private static final String ALL = "all";
    private static final String REPEATS = "repeats";
    private static final String CATEGORY = "category ";

    private SlotText() {}

    /** The slots of a bundle. */
    public static List<String> of(JsonNode bundle) {
        List<String> texts = new ArrayList<>();
        bundle.path("slots").forEach(slot -> texts.add(text(slot)));
        return texts;
    }

    private static String text(JsonNode slot) {
        int units = slot.path("units").asInt();
        long most = slot.path("maxUnits").asLong();
        String more = !slot.hasNonNull("maxUnits") ? " or more" : most == units ? "" : " to " + most;
        List<String> set = new ArrayList<>();
        if (slot.hasNonNull("category")) {
            set.add(CATEGORY + escaped(slot.path("category").asText()));
        } else if (slot.hasNonNull("attribute")) {
            set.add(escaped(slot.path("attribute").asText()) + "="
                    + escaped(slot.path("value").asText()));
        }
        slot.path("items").forEach(item -> set.add((isWord(item.asText()) ? "\\" : "") + escaped(item.asText())));
        if (set.isEmpty()) {
            set.add(ALL);
        }
        if (slot.path("repeats").asBoolean()) {
            set.add(REPEATS);
        }
        String name = escaped(slot.path("name").asText()).replace(":", "\\:").replaceFirst("\\s$", "\\\\$0");
        return name + ": " + units + more + " of " + String.join(", ", set);
    }

    /** Whether a part of a set says more than an item's id. */
    private static boolean isWord(String part) {
        return part.equals(ALL) || part.equals(REPEATS) || part.startsWith(CATEGORY);
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\,=]", "\\\\$0");
    }

    /**
     * Reads a slot.
     *
     * @throws RejectedRowException if the text is none
     */
    static ObjectNode read(String column, String text) {
        Matcher found = SLOT.matcher(text.strip());
        if (!found.matches()) {
            throw none(column, text);
        }
        int units = Integer.parseInt(found.group("units"));
        ObjectNode slot = JsonNodeFactory.instance
                .objectNode()
                .put("name", plain(found.group("name")))
                .put("units", units);
        if (found.group("more") == null) {
            slot.put("maxUnits", (long) units);
        } else if (found.group("most") != null) {
            slot.put("maxUnits", Long.parseLong(found.group("most")));
        }
        List<String> set = split(found.group("set"), ',', Integer.MAX_VALUE);
        if (set.size() > 1 && set.get(set.size() - 1).equals(REPEATS)) {
            set.remove(set.size() - 1);
            slot.put(REPEATS, true);
        }
        String first = set.get(0);
        List<String> pair = split(first, '=', 2);
        boolean single = set.size() == 1;
        if (single && pair.size() > 1) {
            return slot.put("attribute", plain(pair.get(0))).put("value", plain(pair.get(1)));
        }
        if (single && first.startsWith(CATEGORY)) {
            return slot.put("category", plain(first.substring(CATEGORY.length())));
        }
        if (single && first.equals(ALL)) {
            return slot;
        }
        for (String item : set) {
            if (isWord(item) || split(item, '=', 2).size() > 1) {
                throw none(column, text);
            }
            slot.withArray("items").add(plain(item));
        }
        return slot;
    }

    private static RejectedRowException none(String column, String text) {
        return RejectedRowException.unparsable(
                column,
                "expected drink: 1 of tea, cola, 1 of category Drinks, 1 of size=small, or 1 of all (1 to 3 or 1 or"
                        + " more for other numbers; at the end , repeats where an item may come again), found "
                        + Row.shown(text));
    }

    /** The parts between separators that no backslash precedes, without surrounding white space. */
    private static List<String> split(String text, char separator, int most) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length() && parts.size() < most - 1; i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == separator) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    private static String plain(String text) {
        return text.replaceAll("(?s)\\\\(.)", "$1");
    }
}
