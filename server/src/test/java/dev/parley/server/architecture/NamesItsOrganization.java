package dev.parley.server.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** A store's method takes the organization, or rows that each carry theirs; what works for all of them is named here. */
final class NamesItsOrganization extends ArchCondition<JavaMethod> {

    /** Work across organizations: the sweeps of a node, the global tables, and functions of no row. */
    private static final Set<String> ACROSS = Set.of(
            "dispatch.AccountDispatchStore.due",
            "callbacks.CallbackLoadStore.read",
            "conversations.ConversationStore.read",
            "media.MediaLoadStore.waiting",
            "dispatch.BacklogStore.doubted",
            "dispatch.BacklogStore.limit",
            "dispatch.BacklogStore.waiting",
            "events.PositionStore.last",
            "events.PositionStore.oldest",
            "events.ReaderStore.cursor",
            "events.ReaderStore.furthest",
            "events.ReaderStore.lockCursor",
            "events.ReaderStore.moveCursor",
            "events.ReaderStore.readByRange",
            "events.ReaderStore.readAsUsual",
            "events.ReaderStore.nextEvent",
            "webhooks.delivery.LoadStore.read",
            "webhooks.fanout.FanOutStore.anybodyListens",
            "webhooks.fanout.FanOutStore.insert",
            "search.FollowStore.lockCursor",
            "search.FollowStore.nextEvent",
            "search.FollowStore.changed",
            "search.BackfillStore.next",
            "search.MergeStore.opened",
            "search.MergeStore.moreThan",
            "search.SearchLoadStore.read",
            "dispatch.DoubtStore.lockOverdue",
            "dispatch.RecallStore.threads",
            "dispatch.RecallStore.doubts",
            "dispatch.RecallStore.receipts",
            "webhooks.delivery.OwnerStore.recall",
            "media.MediaDownloadStore.recall",
            "platform.clock.ClockStore.now",
            "platform.clock.ClockStore.machineTime",
            "dispatch.NodeStore.beat",
            "dispatch.NodeStore.forget",
            "dispatch.NodeStore.extendDoubts",
            "dispatch.NodeStore.anyHears",
            "dispatch.NodeStore.hears",
            "dispatch.NodeStore.remove",
            "dispatch.ReceiptStore.take",
            "dispatch.ScheduleStore.release",
            "callbacks.PendingStore.take",
            "callbacks.PendingStore.route",
            "callbacks.PendingStore.unpark",
            "callbacks.PendingStore.drop",
            "media.MediaDownloadStore.take",
            "media.MediaRowStore.due",
            "media.MediaRowStore.removeOldUploads",
            "organizations.RemovalStore.next",
            "organizations.TokenStore.find",
            "organizations.TokenStore.isOnlyPartner",
            "organizations.TokenStore.replacePartner",
            "templates.TemplateAccountStore.orphans",
            "threads.EmptyingStore.list",
            "webhooks.MoveStore.take",
            "threads.MergeListStore.list",
            "threads.ThreadAccountStore.postponed",
            "threads.ThreadStore.thread");

    /** Works on whole tables and partitions. */
    private static final String RETENTION = "retention.";

    NamesItsOrganization() {
        super("take the organization, or rows that carry theirs");
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        String name = method.getFullName().replace("dev.parley.server.", "").replaceAll("\\(.*", "");
        boolean named = method.getRawParameterTypes().stream().anyMatch(NamesItsOrganization::carries);
        if (!named && !ACROSS.contains(name) && !name.startsWith(RETENTION)) {
            events.add(SimpleConditionEvent.violated(method, name + " names no organization"));
        }
    }

    private static boolean carries(JavaClass type) {
        String name = type.getName();
        return name.equals("java.util.UUID")
                || name.startsWith("java.util.")
                || (name.startsWith("dev.parley.server.") && !name.startsWith("dev.parley.server.platform.db."));
    }
}
