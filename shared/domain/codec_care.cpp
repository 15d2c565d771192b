#include "shared/domain/codec_parts.hpp"

namespace hoso::domain::codec {

void put(schema::IdeaReviewed::Builder to, const IdeaReviewed& from) {
    to.setApproved(from.approved);
    to.setRuleSetHash(data(from.rule_set_hash));
    put_list(to.initReasons(static_cast<unsigned>(from.reasons.size())), from.reasons);
    to.setText(from.text);
    to.setDate(to_days(from.date));
}

void get(schema::IdeaReviewed::Reader from, IdeaReviewed& to, Take& take) {
    to.approved = from.getApproved();
    take.fixed(from.getRuleSetHash(), to.rule_set_hash, "ruleSetHash");
    get_list(from.getReasons(), to.reasons, take, "reasons");
    take.text(from.getText(), to.text, "text");
    take.date(from.getDate(), to.date, "date");
}

void put(schema::ProductCoded::Builder to, const ProductCoded& from) {
    to.setCode(from.code);
    to.setDate(to_days(from.date));
}

void get(schema::ProductCoded::Reader from, ProductCoded& to, Take& take) {
    take.text(from.getCode(), to.code, "code");
    take.date(from.getDate(), to.date, "date");
}

void put(schema::ExpiryNotified::Builder to, const ExpiryNotified& from) {
    to.setCertificate(from.certificate);
    to.setNumber(from.number);
    to.setDate(to_days(from.date));
}

void get(schema::ExpiryNotified::Reader from, ExpiryNotified& to, Take& take) {
    take.text(from.getCertificate(), to.certificate, "certificate");
    take.text(from.getNumber(), to.number, "number");
    take.date(from.getDate(), to.date, "date");
}

void put(schema::Inspected::Builder to, const Inspected& from) {
    to.setInspection(data(from.inspection));
    to.setKind(static_cast<schema::InspectionKind>(from.kind));
    to.setOutcome(static_cast<schema::InspectionOutcome>(from.outcome));
    to.setCertificate(from.certificate);
    to.setRuleSetHash(data(from.rule_set_hash));
    to.setGround(from.ground);
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::Inspected::Reader from, Inspected& to, Take& take) {
    take.fixed(from.getInspection(), to.inspection, "inspection");
    take.enumerator(from.getKind(), to.kind, InspectionKind::confirmation, "kind");
    take.enumerator(from.getOutcome(), to.outcome, InspectionOutcome::revoke, "outcome");
    take.text(from.getCertificate(), to.certificate, "certificate");
    take.fixed(from.getRuleSetHash(), to.rule_set_hash, "ruleSetHash");
    take.text(from.getGround(), to.ground, "ground");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

void put(schema::RevocationServed::Builder to, const RevocationServed& from) {
    to.setCertificate(from.certificate);
    put_list(to.initRecipients(static_cast<unsigned>(from.recipients.size())), from.recipients);
    to.setDate(to_days(from.date));
}

void get(schema::RevocationServed::Reader from, RevocationServed& to, Take& take) {
    take.text(from.getCertificate(), to.certificate, "certificate");
    get_list(from.getRecipients(), to.recipients, take, "recipients");
    take.date(from.getDate(), to.date, "date");
}

void put(schema::ComplaintFiled::Builder to, const ComplaintFiled& from) {
    to.setComplaint(data(from.complaint));
    to.setDate(to_days(from.date));
    put(to.initComplainant(), from.complainant);
    to.setText(from.text);
}

void get(schema::ComplaintFiled::Reader from, ComplaintFiled& to, Take& take) {
    take.fixed(from.getComplaint(), to.complaint, "complaint");
    take.date(from.getDate(), to.date, "date");
    get(from.getComplainant(), to.complainant, take);
    take.text(from.getText(), to.text, "text");
}

void put(schema::ComplaintResolved::Builder to, const ComplaintResolved& from) {
    to.setComplaint(data(from.complaint));
    to.setUpheld(from.upheld);
    to.setNumber(from.number);
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::ComplaintResolved::Reader from, ComplaintResolved& to, Take& take) {
    take.fixed(from.getComplaint(), to.complaint, "complaint");
    to.upheld = from.getUpheld();
    take.text(from.getNumber(), to.number, "number");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

void put(schema::Corrected::Builder to, const Corrected& from) {
    to.setCertificate(from.certificate);
    to.setItem(from.item);
    to.setBefore(from.before);
    to.setAfter(from.after);
    to.setNumber(from.number);
    to.setDate(to_days(from.date));
    to.setReason(from.reason);
}

void get(schema::Corrected::Reader from, Corrected& to, Take& take) {
    take.text(from.getCertificate(), to.certificate, "certificate");
    take.text(from.getItem(), to.item, "item");
    take.text(from.getBefore(), to.before, "before");
    take.text(from.getAfter(), to.after, "after");
    take.text(from.getNumber(), to.number, "number");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getReason(), to.reason, "reason");
}

void put(schema::PromotionJoined::Builder to, const PromotionJoined& from) {
    to.setPromotion(data(from.promotion));
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::PromotionJoined::Reader from, PromotionJoined& to, Take& take) {
    take.fixed(from.getPromotion(), to.promotion, "promotion");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

}  // namespace hoso::domain::codec
