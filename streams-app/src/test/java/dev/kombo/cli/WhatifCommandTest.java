package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.console.StrategyFile;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.StrategyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WhatifCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("strategy.json"), text.replace('\'', '"'));
    }

    private int whatif(String text, String... more) throws IOException {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "whatif";
        arguments[1] = "--strategy";
        arguments[2] = file(text).toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return console.run(arguments);
    }

    @Test
    void shouldReadWhatPeopleWriteAndWhatAvroWrites() throws IOException {
        Path file = file("""
                {'version': 2, 'salt': 's', 'arms': [
                  {'name': 'out', 'kind': 'HOLDOUT', 'share': 0.25},
                  {'name': 'other', 'kind': 'TREATMENT', 'share': 0.25},
                  {'name': 'in', 'kind': 'TREATMENT', 'share': 0.5, 'objective': 'REVENUE', 'temperature': 1,
                   'mmrLambda': {'double': 0.5}, 'discountsBasisPoints': [500, 0]}],
                 'startsAt': 7, 'endsAt': null, 'allocation': {'minimumShare': 0.1, 'maximumShare': 0.9}}
                """);
        StrategyPlan plan = StrategyFile.plan(file, StrategyFile.record(file));

        assertThat(plan.arms()).hasSize(3);
        assertThat(plan.startsAt()).isEqualTo(7);
        assertThat(plan.endsAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(plan.options().allocation().usersAtLeast()).isEqualTo(1000);
        assertThat(StrategyFile.candidate(plan, null).name()).isEqualTo("other");
        assertThat(StrategyFile.candidate(plan, "in")).satisfies(arm -> {
            assertThat(arm.kind()).isEqualTo(Arm.Kind.TREATMENT);
            assertThat(arm.temperature()).isEqualTo(1);
            assertThat(arm.policy().objective()).isEqualTo(OfferPolicy.Objective.REVENUE);
            assertThat(arm.policy().mmrLambda()).isEqualTo(0.5);
            assertThat(arm.policy().discountsBasisPoints()).isEqualTo(List.of(0, 500));
        });
    }

    /** Here other tests have told Avro already whose classes to trust; at the command line nobody has. */
    @Test
    void shouldReadTheFileInAProcessOfItsOwn() throws Exception {
        Path half = file("""
                {'version': 1, 'salt': 's', 'arms': [{'name': 'in', 'kind': 'TREATMENT', 'share': 0.5}]}
                """);
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KomboMain.class.getName(),
                        "whatif",
                        "--strategy",
                        half.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(errors).content().contains("shares sum to 0.5 instead of 1");
    }

    @Test
    void shouldTellAllThatIsWrongWithAFile() throws IOException {
        int code = whatif("""
                {'salt': 5, 'colour': 'red', 'arms': [{'name': 'in', 'kind': 'TREAT', 'share': 'half', 'heat': 1}]}
                """);

        assertThat(code).isEqualTo(2);
        assertThat(console.errors())
                .contains("version: version is needed")
                .contains("salt: 5, a text is expected")
                .contains("colour: there is no field of this name in Strategy")
                .contains("arms[0].kind: \"TREAT\", one of HOLDOUT, BASELINE, TREATMENT is expected")
                .contains("arms[0].share: \"half\", a number is expected")
                .contains("arms[0].heat: there is no field of this name in StrategyArm");
    }

    @Test
    void shouldRefuseAStrategyThatKomboWouldRefuse() throws IOException {
        int code = whatif("""
                {'version': 1, 'salt': ' ', 'arms': [{'name': 'in', 'kind': 'TREATMENT', 'share': 0.5}]}
                """);

        assertThat(code).isEqualTo(2);
        assertThat(console.errors()).contains("salt is blank").contains("shares sum to 0.5");
    }

    @Test
    void shouldRefuseWhatIsNoStrategyAtAll() throws IOException {
        assertThat(whatif("[1]")).isEqualTo(2);
        assertThat(whatif("{")).isEqualTo(2);
        assertThat(whatif("")).isEqualTo(2);
        assertThat(console.run("whatif", "--strategy", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(console.errors())
                .contains("is not JSON")
                .contains("an object is expected")
                .contains("no such file");
    }

    @Test
    void shouldRefuseAnArmThatTheLogCannotTellOf() throws IOException {
        String strategy = """
                {'version': 1, 'salt': 's', 'arms': [
                  {'name': 'out', 'kind': 'HOLDOUT', 'share': 0.5},
                  {'name': 'new', 'kind': 'TREATMENT', 'share': 0.5, 'explorationRate': 0.1}]}
                """;

        assertThat(whatif(strategy)).isEqualTo(2);
        assertThat(whatif(strategy, "--arm", "out")).isEqualTo(2);
        assertThat(whatif(strategy, "--arm", "gone")).isEqualTo(2);
        assertThat(console.errors())
                .contains("explorationRate of arm new is above 0")
                .contains("arm out makes no offers")
                .contains("there is no arm gone");
    }
}
