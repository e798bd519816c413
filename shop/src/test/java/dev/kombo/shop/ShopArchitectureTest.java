package dev.kombo.shop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The package rules of this module, which stands on the service and beside its command line. */
class ShopArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.kombo.shop");

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
    void shouldReadDataWithoutCommands() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.kombo.shop.data..",
                        "dev.kombo.shop.engine..",
                        "dev.kombo.shop.kafka..",
                        "dev.kombo.shop.replay..",
                        "dev.kombo.shop.simulation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kombo.shop.command..")
                .because("commands use them")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching("dev.kombo.shop.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
