package dev.kombo;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The package rules of the design: what each package may know of. */
class ArchitectureTest {
    private static final String[] DOMAIN = {
        "dev.kombo.math..",
        "dev.kombo.entity..",
        "dev.kombo.price..",
        "dev.kombo.slot..",
        "dev.kombo.catalog..",
        "dev.kombo.learning..",
        "dev.kombo.ranking..",
        "dev.kombo.attribution..",
        "dev.kombo.experiment..",
        "dev.kombo.profile..",
        "dev.kombo.engine..",
        "dev.kombo.codec..",
        "dev.kombo.metric..",
        "dev.kombo.settings.."
    };
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.kombo");
    private static final String CLI = "dev.kombo.cli..";
    private static final int FEWEST_PACKAGES = 20;

    @Test
    void shouldKeepKafkaOutOfTheDomain() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..", "org.apache.avro..", "dev.kombo.schema..", "com.fasterxml..", "io..")
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

    /** The table is the page's: what it says of a package is all that the package uses, and no more than that. */
    @Test
    void shouldLetEachPackageUseWhatTheTableOfTheArchitectureNames() throws IOException {
        Map<String, Set<String>> allowed = PackageTable.read(Path.of("..", "topology-docs", "architecture.md"));
        assertThat(allowed).hasSizeGreaterThan(FEWEST_PACKAGES);
        assertThat(PackageTable.uses(CLASSES)).isEqualTo(allowed);
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
    void shouldLeaveToTheEngineWhatTheTopologyOnlyStoresAndSends() {
        noClasses()
                .that()
                .resideInAPackage("dev.kombo.topology..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.kombo.learning..",
                        "dev.kombo.ranking..",
                        "dev.kombo.experiment.uplift..",
                        "dev.kombo.experiment.allocation..",
                        "dev.kombo.attribution..")
                .because("a task is plain Java in the engine; the topology connects it to topics and stores")
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
                .doNotHaveFullyQualifiedName("dev.kombo.topology.task.CheckedStore")
                .and()
                .doNotHaveFullyQualifiedName("dev.kombo.service.ReleaseAssignor")
                .and()
                .haveNameNotMatching("dev.kombo.topology.task.CommitHook(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..internals..")
                .because("internals change with each release; of the three exceptions, tests against a broker tell")
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
