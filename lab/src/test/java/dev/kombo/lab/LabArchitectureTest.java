package dev.kombo.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The package rules of the lab: it stands on the service and beside its command line. */
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

    @Test
    void shouldHaveNoCycles() {
        slices().matching("dev.kombo.lab.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
