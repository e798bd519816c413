package dev.kombo.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.kombo.metric.Counters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The package rules of the lab, which stands on the service and beside its command line, and the rule of records. */
class LabArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.kombo.lab");

    @Test
    void shouldKnowNeitherTheCommandLineNorTheTopology() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kombo.cli..", "dev.kombo.topology..")
                .because("the command line finds the lab's commands by itself, and the engine is what both run")
                .check(CLASSES);
    }

    @Test
    void shouldReadDataWithoutCommands() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.kombo.lab.data..",
                        "dev.kombo.lab.engine..",
                        "dev.kombo.lab.kafka..",
                        "dev.kombo.lab.replay..",
                        "dev.kombo.lab.quality..",
                        "dev.kombo.lab.simulation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kombo.lab.command..", "dev.kombo.lab.bench..")
                .because("commands use them")
                .check(CLASSES);
    }

    /** Of all modules: the lab stands on them. */
    @Test
    void shouldHoldOnlyDataInRecords() {
        classes()
                .that()
                .areRecords()
                .should(new DataRecords())
                .check(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("dev.kombo"));
    }

    private record Planted(String id, List<Counters> counters) {}

    @Test
    void shouldFindARecordThatHoldsACollaborator() {
        JavaClasses planted = new ClassFileImporter().importClasses(Planted.class);
        assertThatThrownBy(() ->
                        classes().that().areRecords().should(new DataRecords()).check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Planted is a record and holds dev.kombo.metric.Counters");
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching("dev.kombo.lab.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
