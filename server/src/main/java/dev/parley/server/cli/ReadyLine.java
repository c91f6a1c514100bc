package dev.parley.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The line of JSON by which a script learns that a server is ready. */
final class ReadyLine {

    private ReadyLine() {}

    static String of(Root.Running running) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("url", running.url().toString());
        line.put("managementUrl", running.managementUrl().toString());
        if (running.newPartnerToken() != null) {
            line.put("partnerToken", running.newPartnerToken());
        }
        Root.Seeded seeded = running.seeded();
        if (seeded != null) {
            line.put("organizationToken", seeded.organizationToken());
            line.put("organizationId", seeded.organizationId().toString());
            line.put("messageThreadId", seeded.messageThreadId().toString());
            line.put("messageTemplateId", seeded.messageTemplateId().toString());
            line.put("phoneNumberId", seeded.phoneNumberId());
            line.put("candidatePhone", seeded.candidatePhone());
            line.put("simulatorUrl", seeded.simulatorUrl().toString());
        }
        line.put("pid", ProcessHandle.current().pid());
        return JsonMapper.shared().writeValueAsString(line);
    }
}
