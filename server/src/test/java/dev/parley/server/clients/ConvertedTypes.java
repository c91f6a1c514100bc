package dev.parley.server.clients;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.jasminb.jsonapi.annotations.Id;
import com.github.jasminb.jsonapi.annotations.Meta;
import com.github.jasminb.jsonapi.annotations.Relationship;
import com.github.jasminb.jsonapi.annotations.Type;
import java.util.List;
import java.util.Map;

/** Resources as an application that uses jsonapi-converter declares them. */
final class ConvertedTypes {

    private ConvertedTypes() {}

    @Type("candidateStatuses")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public static class CandidateStatus {
        @Id
        public String id;

        public String name;
        public Long position;
        public String createdAt;
        public String updatedAt;
    }

    @Type("candidates")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public static class Candidate {
        @Id
        public String id;

        public String phone;
        public String firstName;
        public String lastName;
        public String email;
        public String postalCode;
        public String candidateStatusId;
        public String deletedAt;
        public String createdAt;
        public String updatedAt;

        @Meta
        public Version version;

        @Relationship("candidateStatus")
        public CandidateStatus candidateStatus;
    }

    @Type("messageThreads")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public static class MessageThread {
        @Id
        public String id;

        public String channel;
        public String identifier;
        public Boolean chatbotPaused;

        @Relationship("candidate")
        public Candidate candidate;

        @Relationship("messages")
        public List<Message> messages;
    }

    @Type("messages")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public static class Message {
        @Id
        public String id;

        public String sendBy;
        public Map<String, Object> payload;
        public String deliveryStatus;

        @Relationship("messageThread")
        public MessageThread messageThread;
    }

    /** What every resource says of its state. */
    public static class Version {
        public int version;
    }
}
