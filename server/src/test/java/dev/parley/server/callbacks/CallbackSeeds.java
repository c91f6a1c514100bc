package dev.parley.server.callbacks;

import dev.parley.server.fuzz.Seeds;
import java.util.List;
import java.util.stream.Stream;

/** Callbacks in the shapes of the providers' documentation, with values of our own. */
final class CallbackSeeds {

    private CallbackSeeds() {}

    static List<byte[]> all() {
        return Stream.of(written(), chosen(), reported()).flatMap(List::stream).toList();
    }

    /** What a candidate writes to WhatsApp. */
    private static List<byte[]> written() {
        return Seeds.of("""
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"text",\
                "text":{"body":"Hello"},"context":{"from":"15550100001","id":"wamid.OUT1"}}]},\
                "field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"image",\
                "image":{"id":"900","mime_type":"image/jpeg","sha256":"q1w2","caption":"c"}}]},\
                "field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"document",\
                "document":{"id":"901","mime_type":"application/pdf","filename":"cv.pdf","sha256":"x"}}]},\
                "field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"location",\
                "location":{"latitude":52.5,"longitude":13.4,"name":"x","address":"y"}}]},\
                "field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"contacts",\
                "contacts":[{"name":{"formatted_name":"B","first_name":"B"},"phones":[{"phone":"+1",\
                "wa_id":"1","type":"CELL"}],"emails":[{"email":"a@b"}],"org":{"company":"c"},"urls":[],\
                "addresses":[{"street":"s"}],"birthday":"2000-01-01"}]}]},"field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"reaction",\
                "reaction":{"message_id":"wamid.OUT1","emoji":"\\ud83d\\ude00"}}]},"field":"messages"}]}]}""");
    }

    /** What a candidate chooses there, or cannot send. */
    private static List<byte[]> chosen() {
        return Seeds.of("""
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000",\
                "type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"b",\
                "title":"Yes"}}}]},"field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000",\
                "type":"interactive","interactive":{"type":"nfm_reply",\
                "nfm_reply":{"response_json":"{\\"a\\":1}","body":"Sent","name":"flow"}}}]},\
                "field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"order",\
                "order":{"catalog_id":"c","text":"t","product_items":[{"product_retailer_id":"p","quantity":1,\
                "item_price":2.5,"currency":"EUR"}]}}]},"field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000","type":"system",\
                "system":{"body":"A changed from 1 to 2","wa_id":"2","type":"user_changed_number"}}]},\
                "field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "contacts":[{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1349"}],\
                "messages":[{"from":"14155550123","id":"wamid.IN1","timestamp":"1790000000",\
                "type":"unsupported","errors":[{"code":131051,"title":"Unsupported"}]}]},\
                "field":"messages"}]}]}""");
    }

    /** What a provider reports, and what a site sends. */
    private static List<byte[]> reported() {
        return Seeds.of("""
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550100001","phone_number_id":"700000000000001"},\
                "statuses":[{"id":"wamid.OUT1","status":"failed","timestamp":"1790000001",\
                "recipient_id":"14155550123","biz_opaque_callback_data":"org/msg/1","errors":[{"code":131047,\
                "title":"Re-engagement","message":"m","error_data":{"details":"d"}}]},{"id":"wamid.OUT2",\
                "status":"read","timestamp":"1790000001","recipient_id":"1"}],"errors":[{"code":130429,\
                "title":"Rate limit hit"}]},"field":"messages"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"event":"APPROVED","message_template_id":1,"message_template_name":"n",\
                "message_template_language":"en","reason":"NONE"},"field":"message_template_status_update"}]}]}""", """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":{"previous_category":"UTILITY","new_category":"MARKETING",\
                "message_template_id":1,"message_template_name":"n","message_template_language":"en"},\
                "field":"template_category_update"}]}]}""", """
                {"messages":[{"id":"m-1","from":"visitor-7","text":"Hello","timestamp":1790000000,\
                "replyTo":"web-1"},{"id":"m-2","from":"v","text":"again",\
                "timestamp":"2026-09-21T16:13:20+02:00"}],"statuses":[{"id":"web-1","status":"read",\
                "timestamp":"1790000000"},{"reference":"r-1","status":"failed","timestamp":1790000000,\
                "reason":"gone"}]}""", """
                {"field":"messages","entry":"1","metadata":{"phone_number_id":"7"},\
                "contact":{"profile":{"name":"Ada"},"wa_id":"1"},"message":{"from":"1","id":"w",\
                "timestamp":"1790000000","type":"text","text":{"body":"x"}}}""");
    }
}
