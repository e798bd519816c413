package dev.kombo;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** The package rules of the design: what each package may know of. */
class ArchitectureTest {
    private static final String[] DOMAIN = {
        "dev.kombo.catalog..",
        "dev.kombo.learning..",
        "dev.kombo.ranking..",
        "dev.kombo.attribution..",
        "dev.kombo.experiment..",
        "dev.kombo.profile..",
        "dev.kombo.engine..",
        "dev.kombo.codec..",
        "dev.kombo.settings.."
    };
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.kombo");
    private static final String CLI = "dev.kombo.cli..";

    @Test
    void shouldKeepKafkaOutOfTheDomain() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "dev.kombo.schema..",
                        "org.slf4j..",
                        "com.fasterxml..",
                        "io..")
                .because(
                        "the module engine, whose packages these are, is plain Java: no class of them may lie in another module")
                .check(CLASSES);
    }

    @Test
    void shouldGiveTimeToTheDomainAsAnArgument() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("time is that of the event")
                .check(CLASSES);
    }

    @Test
    void shouldDrawFromHashesInTheDomain() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom|UUID)")
                .orShould()
                .callMethod(Math.class, "random")
                .because("a run repeats bit for bit")
                .check(CLASSES);
    }

    @Test
    void shouldStartNoThreadsInTheDomain() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.Thread|java\\.util\\.(Timer|concurrent\\.(Executor.*|.*ExecutorService"
                        + "|CompletableFuture|ForkJoinPool))")
                .because("the caller owns the thread")
                .check(CLASSES);
    }

    /** Each package with all that it may know of; whoever is not named may know of none of the others. */
    @Test
    void shouldLetEachPackageKnowOnlyWhatTheDesignNames() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.kombo..")
                .optionalLayer("schema")
                .definedBy("dev.kombo.schema..")
                .layer("settings")
                .definedBy("dev.kombo.settings..")
                .layer("codec")
                .definedBy("dev.kombo.codec..")
                .layer("catalog")
                .definedBy("dev.kombo.catalog..")
                .layer("learning")
                .definedBy("dev.kombo.learning..")
                .layer("ranking")
                .definedBy("dev.kombo.ranking..")
                .layer("attribution")
                .definedBy("dev.kombo.attribution..")
                .layer("experiment")
                .definedBy("dev.kombo.experiment..")
                .layer("profile")
                .definedBy("dev.kombo.profile..")
                .layer("engine")
                .definedBy("dev.kombo.engine..")
                .layer("config")
                .definedBy("dev.kombo.config..")
                .layer("client")
                .definedBy("dev.kombo.client..")
                .layer("serde")
                .definedBy("dev.kombo.serde..")
                .layer("table")
                .definedBy("dev.kombo.table..")
                .layer("ops")
                .definedBy("dev.kombo.ops..")
                .layer("topology")
                .definedBy("dev.kombo.topology..")
                .layer("console")
                .definedBy("dev.kombo.console..")
                .layer("service")
                .definedBy("dev.kombo.service..")
                .optionalLayer("query")
                .definedBy("dev.kombo.query..")
                .layer("webhook")
                .definedBy("dev.kombo.webhook..")
                .layer("instance")
                .definedBy("dev.kombo.instance..")
                .optionalLayer("cli")
                .definedBy(CLI)
                .whereLayer("schema")
                .mayOnlyBeAccessedByLayers(
                        "client",
                        "serde",
                        "table",
                        "topology",
                        "query",
                        "service",
                        "webhook",
                        "console",
                        "instance",
                        "cli")
                .whereLayer("settings")
                .mayNotAccessAnyLayer()
                .whereLayer("codec")
                .mayOnlyBeAccessedByLayers("catalog", "experiment", "attribution", "profile", "topology")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers(
                        "learning",
                        "ranking",
                        "attribution",
                        "experiment",
                        "profile",
                        "engine",
                        "config",
                        "serde",
                        "table",
                        "topology",
                        "query",
                        "service",
                        "console",
                        "instance",
                        "cli")
                .whereLayer("learning")
                .mayOnlyBeAccessedByLayers(
                        "ranking",
                        "engine",
                        "config",
                        "serde",
                        "topology",
                        "query",
                        "service",
                        "console",
                        "instance",
                        "cli")
                .whereLayer("ranking")
                .mayOnlyBeAccessedByLayers(
                        "engine", "config", "serde", "topology", "query", "service", "console", "instance", "cli")
                .whereLayer("attribution")
                .mayOnlyBeAccessedByLayers(
                        "profile",
                        "engine",
                        "config",
                        "serde",
                        "topology",
                        "query",
                        "service",
                        "console",
                        "instance",
                        "cli")
                .whereLayer("experiment")
                .mayOnlyBeAccessedByLayers(
                        "attribution",
                        "profile",
                        "engine",
                        "config",
                        "serde",
                        "topology",
                        "query",
                        "service",
                        "console",
                        "instance",
                        "cli")
                .whereLayer("profile")
                .mayOnlyBeAccessedByLayers(
                        "ranking",
                        "engine",
                        "config",
                        "serde",
                        "topology",
                        "query",
                        "service",
                        "console",
                        "instance",
                        "cli")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers(
                        "config", "serde", "topology", "query", "service", "console", "instance", "cli")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers(
                        "topology", "query", "service", "ops", "webhook", "console", "instance", "cli")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers(
                        "serde",
                        "config",
                        "topology",
                        "ops",
                        "query",
                        "service",
                        "webhook",
                        "console",
                        "instance",
                        "cli")
                .whereLayer("serde")
                .mayOnlyBeAccessedByLayers(
                        "table", "topology", "ops", "query", "service", "webhook", "console", "instance", "cli")
                .whereLayer("table")
                .mayOnlyBeAccessedByLayers("query", "cli")
                .whereLayer("ops")
                .mayOnlyBeAccessedByLayers("topology", "query", "service", "webhook", "console", "instance", "cli")
                .whereLayer("topology")
                .mayOnlyBeAccessedByLayers("query", "service", "console", "instance", "cli")
                .whereLayer("console")
                .mayOnlyBeAccessedByLayers("instance", "cli")
                .whereLayer("service")
                .mayOnlyBeAccessedByLayers("query", "instance", "cli")
                .whereLayer("query")
                .mayOnlyBeAccessedByLayers("instance", "cli")
                .whereLayer("instance")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("webhook")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void shouldShowTheStepsOfTheRankerToTheRankerOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kombo.ranking..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kombo.ranking.shopper..", "dev.kombo.ranking.signals..")
                .because("they hold buffers that mean something while one request is answered, and no longer")
                .check(CLASSES);
    }

    @Test
    void shouldKnowMicrometerInOpsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kombo.ops..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .because("what is counted has names of its own; who shows it may change")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching("dev.kombo.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.kombo.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldNotUseKafkasInternals() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.kombo.topology.common.CheckedStore")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..internals..")
                .because("internals change with each release; of the one exception, tests against a broker tell")
                .check(CLASSES);
    }

    @Test
    void shouldPrintAndExitInTheCommandLineOnly() {
        noClasses()
                .that(not(resideInAPackage(CLI)))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("a library neither prints nor ends its process")
                .check(CLASSES);
    }

    @Test
    void shouldReadTheWallClockWhereProcessesStartOnly() {
        noClasses()
                .that(not(resideInAnyPackage(CLI, "dev.kombo.instance..")))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .because("a processor's clock is its context's; the domain's is the event")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoClockAndNoChanceInTheTopology() {
        noClasses()
                .that()
                .resideInAPackage("dev.kombo.topology..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom|UUID)")
                .check(CLASSES);
    }

    @Test
    void shouldPlaceNoClassIntoKafkasPackages() {
        noClasses()
                .should()
                .resideInAPackage("org.apache.kafka..")
                .because("a class placed there to reach internals breaks with the next release")
                .check(CLASSES);
    }
}
