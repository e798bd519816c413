package dev.kombo.research;

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

/** The package rules of this module, and the rule of records for all modules. */
class ResearchArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.kombo.research");

    @Test
    void shouldKnowNeitherTheCommandLineNorTheTopology() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kombo.cli..", "dev.kombo.topology..")
                .because("the command line finds the commands by itself, and the engine is what both run")
                .check(CLASSES);
    }

    @Test
    void shouldEvaluateAndMeasureWithoutCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kombo.research.command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kombo.research.command..")
                .because("commands use the others")
                .check(CLASSES);
    }

    /** Of all modules: this one stands on them. */
    @Test
    void shouldHoldOnlyDataInRecords() {
        classes()
                .that()
                .areRecords()
                .should(new DataRecords())
                .check(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("-tests.jar"))
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
        slices().matching("dev.kombo.research.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
