package dev.kombo.research;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * The rule that a record is data: it holds values, and nothing that does work. What works with collaborators is a
 * class, which hides them.
 */
final class DataRecords extends ArchCondition<JavaClass> {
    /** Records that list what others work with, and do nothing themselves. */
    private static final Set<String> LISTS_OF_COLLABORATORS = Set.of(
            "dev.kombo.engine.item.ItemContext",
            "dev.kombo.instance.CommandContext",
            "dev.kombo.engine.report.ReportTables",
            "dev.kombo.engine.shopper.ShopperTables",
            "dev.kombo.engine.shopper.ShopperTask$Surroundings",
            "dev.kombo.topology.global.EngineContext",
            "dev.kombo.query.source.QuerySources",
            "dev.kombo.serde.RecordCodec$Mapping",
            "dev.kombo.settings.Setting");

    /** Classes that are values although they are no records: most of them are changed in place. */
    private static final Set<String> VALUES = Set.of(
            "dev.kombo.attribution.ConvertedBundle",
            "dev.kombo.attribution.OfferedBundle",
            "dev.kombo.attribution.OpenOffer",
            "dev.kombo.attribution.account.ExperimentAccount",
            "dev.kombo.catalog.index.SlotItems",
            "dev.kombo.engine.entity.EntityState",
            "dev.kombo.experiment.uplift.ShopperObservations",
            "dev.kombo.experiment.uplift.StratumAccount",
            "dev.kombo.research.data.BundleRecCatalog",
            "dev.kombo.research.data.IdIndex",
            "dev.kombo.shop.simulation.TruthAccount",
            "dev.kombo.learning.BayesianLogistic",
            "dev.kombo.learning.factors.PartnerTable",
            "dev.kombo.learning.mining.NeighborCounts",
            "dev.kombo.learning.mining.PartnerCount",
            "dev.kombo.learning.mining.PartnerPairCount",
            "dev.kombo.learning.mining.SupportCount",
            "dev.kombo.learning.network.NetworkState",
            "dev.kombo.profile.Behavior",
            "dev.kombo.profile.History",
            "dev.kombo.profile.Holdings",
            "dev.kombo.profile.RecentEventIds",
            "dev.kombo.profile.RecentRevenue",
            "dev.kombo.profile.ShopperState",
            "dev.kombo.profile.TimedCounts",
            "dev.kombo.ranking.PredictedConversions",
            "dev.kombo.ranking.contest.Contest",
            "dev.kombo.settings.SettingValues",
            "dev.kombo.webhook.Delivery");

    private static final String OWN = "dev.kombo.";
    private static final Set<String> LIBRARIES_THAT_WORK =
            Set.of("org.apache.kafka.streams.", "org.apache.kafka.clients.", "org.eclipse.jetty.", "org.rocksdb.");

    DataRecords() {
        super("hold values only");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (LISTS_OF_COLLABORATORS.contains(type.getFullName())) {
            return;
        }
        for (JavaField field : type.getFields()) {
            if (field.getModifiers().contains(JavaModifier.STATIC)
                    || field.getRawType().getPackageName().equals("java.util.function")) {
                continue;
            }
            for (JavaClass held : field.getType().getAllInvolvedRawTypes()) {
                if (works(held.getBaseComponentType())) {
                    events.add(SimpleConditionEvent.violated(
                            field, type.getFullName() + " is a record and holds " + held.getFullName()));
                }
            }
        }
    }

    private static boolean works(JavaClass held) {
        if (held.isAnnotatedWith(FunctionalInterface.class)) {
            return false;
        }
        if (LIBRARIES_THAT_WORK.stream().anyMatch(held.getFullName()::startsWith)) {
            return true;
        }
        return held.getFullName().startsWith(OWN)
                && !held.getFullName().startsWith("dev.kombo.schema.")
                && !held.isRecord()
                && !held.isEnum()
                && !held.isAssignableTo(Throwable.class)
                && !VALUES.contains(held.getFullName());
    }
}
