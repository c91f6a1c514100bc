package dev.parley.server.cli;

/** Lines to copy: send a message, see its status, have the candidate answer. */
final class DemoTour {

    private DemoTour() {}

    static String of(Root.Running running, Root.Seeded seeded) {
        return """

              organization     %2$s
              its token        %3$s
              a thread         %4$s
              a template       %8$s

            Send a message to the candidate of that thread:

              curl -s %1$s/public/v2/messages \\
                -H 'Authorization: Bearer %3$s' \\
                -H 'Content-Type: application/vnd.api+json' \\
                -d '{"data":{"type":"messages","attributes":{"sendBy":"Anna","messageThreadId":"%4$s","payload":{"type":"text","text":{"value":"Hello! When can we call you?"}}}}}'

            See what became of it:

              curl -s -g '%1$s/public/v2/messages?filter[messageThreadId]=%4$s' \\
                -H 'Authorization: Bearer %3$s'

            Have the candidate answer:

              curl -s %5$s/_control/reply \\
                -d '{"phoneNumberId":"%6$s","from":"%7$s","text":"Tomorrow at ten."}'
            """.formatted(
                        running.url(),
                        seeded.organizationId(),
                        seeded.organizationToken(),
                        seeded.messageThreadId(),
                        seeded.simulatorUrl(),
                        seeded.phoneNumberId(),
                        seeded.candidatePhone(),
                        seeded.messageTemplateId());
    }
}
