package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages of the repository lead to a file, and to a heading of it where they name one. */
class LinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_OF_THE_PROJECT = Set.of("target", "node_modules", ".git", ".kombo");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
    private static final Pattern DECISION = Pattern.compile("\\b(?:ADR|[Dd]ecision) (\\d{1,3})\\b");
    private static final Pattern PAGE = Pattern.compile("\\btopology-docs/(?!adr/NNNN)[\\w/-]+\\.(?:md|svg|png)\\b");

    @Test
    void shouldLeadToFilesAndHeadingsThatExist() throws IOException {
        Map<Path, Set<String>> anchors = new HashMap<>();
        List<String> broken = new ArrayList<>();
        for (Path page : files(name -> name.endsWith(".md"))) {
            for (String link : found(LINK, CODE.matcher(Files.readString(page)).replaceAll(""))) {
                if (!link.contains("://") && !leadsSomewhere(page, link, anchors)) {
                    broken.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldNameOnlyPagesAndDecisionsThatExist() throws IOException {
        Set<String> decisions;
        try (Stream<Path> pages = Files.list(ROOT.resolve("topology-docs/adr"))) {
            decisions = pages.map(page -> page.getFileName().toString())
                    .filter(name -> name.matches("\\d{4}-.*"))
                    .map(name -> String.valueOf(Integer.parseInt(name.substring(0, 4))))
                    .collect(Collectors.toSet());
        }
        List<String> broken = new ArrayList<>();
        for (Path file : files(name -> name.matches(".*\\.(md|java|xml|avsc|ya?ml|mjs|js|sh|env)|kombo|run"))) {
            String text = Files.readString(file);
            for (String number : found(DECISION, text)) {
                if (!decisions.contains(number)) {
                    broken.add(ROOT.relativize(file) + ": decision " + number);
                }
            }
            for (String page : found(PAGE, text)) {
                if (!Files.exists(ROOT.resolve(page.substring(page.indexOf("topology-docs"))))) {
                    broken.add(ROOT.relativize(file) + ": " + page);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link, Map<Path, Set<String>> anchors) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        if (parts.length == 1 || !target.toString().endsWith(".md")) {
            return true;
        }
        if (!anchors.containsKey(target)) {
            anchors.put(target, anchors(target));
        }
        return anchors.get(target).contains(parts[1]);
    }

    /** The anchors that GitHub gives the headings of a page. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String heading : found(HEADING, Files.readString(page).replaceAll("(?s)```.*?```", ""))) {
            String anchor = heading.strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
        }
        return anchors;
    }

    private static List<Path> files(Predicate<String> name) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> name.test(file.getFileName().toString()))
                    .filter(file -> {
                        for (Path part : ROOT.relativize(file)) {
                            if (NOT_OF_THE_PROJECT.contains(part.toString())) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .sorted()
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(LinksTest::captured).toList();
    }

    private static String captured(MatchResult result) {
        return result.groupCount() == 0 ? result.group() : result.group(1);
    }
}
