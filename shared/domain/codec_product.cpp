#include "shared/domain/codec_parts.hpp"

namespace hoso::domain::codec {

void put(schema::SubjectRegistered::Builder to, const SubjectRegistered& from) {
    to.setUnit(data(from.unit));
    to.setName(from.name);
    to.setType(from.type);
    to.setRegistration(from.registration);
    put(to.initRepresentative(), from.representative);
    put(to.initPhone(), from.phone);
    put(to.initAddress(), from.address);
}

void get(schema::SubjectRegistered::Reader from, SubjectRegistered& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    take.text(from.getName(), to.name, "name");
    take.text(from.getType(), to.type, "type");
    take.text(from.getRegistration(), to.registration, "registration");
    get(from.getRepresentative(), to.representative, take);
    get(from.getPhone(), to.phone, take);
    get(from.getAddress(), to.address, take);
}

void put(schema::ProductRegistered::Builder to, const ProductRegistered& from) {
    to.setUnit(data(from.unit));
    to.setSubject(data(from.subject));
    to.setName(from.name);
    to.setProductSet(from.product_set);
    to.setCode(from.code);
}

void get(schema::ProductRegistered::Reader from, ProductRegistered& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    take.fixed(from.getSubject(), to.subject, "subject");
    take.text(from.getName(), to.name, "name");
    take.text(from.getProductSet(), to.product_set, "productSet");
    take.text(from.getCode(), to.code, "code");
}

void put(schema::LegacyRecognised::Builder to, const LegacyRecognised& from) {
    to.setDecisionNumber(from.decision_number);
    to.setDecisionDate(to_days(from.decision_date));
    to.setCertificate(from.certificate);
    to.setStars(from.stars);
    to.setIssued(to_days(from.issued));
    to.setRuleSet(from.rule_set);
}

void get(schema::LegacyRecognised::Reader from, LegacyRecognised& to, Take& take) {
    take.text(from.getDecisionNumber(), to.decision_number, "decisionNumber");
    take.date(from.getDecisionDate(), to.decision_date, "decisionDate");
    take.text(from.getCertificate(), to.certificate, "certificate");
    to.stars = from.getStars();
    take.date(from.getIssued(), to.issued, "issued");
    take.text(from.getRuleSet(), to.rule_set, "ruleSet");
}

void put(schema::RenewalAnswered::Builder to, const RenewalAnswered& from) {
    to.setCertificate(from.certificate);
    to.setRenews(from.renews);
    to.setDate(to_days(from.date));
}

void get(schema::RenewalAnswered::Reader from, RenewalAnswered& to, Take& take) {
    take.text(from.getCertificate(), to.certificate, "certificate");
    to.renews = from.getRenews();
    take.date(from.getDate(), to.date, "date");
}

void put(schema::DossierOpened::Builder to, const DossierOpened& from) {
    to.setDossier(data(from.dossier));
    to.setKind(static_cast<schema::DossierKind>(from.kind));
    to.setRuleSetHash(data(from.rule_set_hash));
    to.setRound(data(from.round));
    to.setFilingDate(to_days(from.filing_date));
    to.setSubjectName(from.subject_name);
    to.setSubjectType(from.subject_type);
    to.setRegistrationNumber(from.registration_number);
    if (!from.carries_from.is_nil()) to.setCarriesFrom(data(from.carries_from));
}

void get(schema::DossierOpened::Reader from, DossierOpened& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.enumerator(from.getKind(), to.kind, DossierKind::re_evaluation, "kind");
    take.fixed(from.getRuleSetHash(), to.rule_set_hash, "ruleSetHash");
    take.fixed(from.getRound(), to.round, "round");
    take.date(from.getFilingDate(), to.filing_date, "filingDate");
    take.text(from.getSubjectName(), to.subject_name, "subjectName");
    take.text(from.getSubjectType(), to.subject_type, "subjectType");
    take.text(from.getRegistrationNumber(), to.registration_number, "registrationNumber");
    if (from.hasCarriesFrom()) take.fixed(from.getCarriesFrom(), to.carries_from, "carriesFrom");
}

void put(schema::FieldSet::Builder to, const FieldSet& from) {
    to.setDossier(data(from.dossier));
    to.setField(from.field);
    to.setValue(from.value);
}

void get(schema::FieldSet::Reader from, FieldSet& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getField(), to.field, "field");
    take.text(from.getValue(), to.value, "value");
}

void put(schema::DocumentAdded::Builder to, const DocumentAdded& from) {
    to.setDossier(data(from.dossier));
    to.setDocument(from.document);
    to.setTitle(from.title);
    put_list(to.initCriteria(static_cast<unsigned>(from.criteria.size())), from.criteria);
}

void get(schema::DocumentAdded::Reader from, DocumentAdded& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getDocument(), to.document, "document");
    take.text(from.getTitle(), to.title, "title");
    get_list(from.getCriteria(), to.criteria, take, "criteria");
}

void put(schema::FileStored::Builder to, const FileStored& from) {
    to.setRoot(data(from.root));
    to.setSize(from.size);
}

void get(schema::FileStored::Reader from, FileStored& to, Take& take) {
    take.fixed(from.getRoot(), to.root, "root");
    to.size = from.getSize();
}

void put(schema::NoteAdded::Builder to, const NoteAdded& from) {
    to.setDossier(data(from.dossier));
    to.setText(from.text);
}

void get(schema::NoteAdded::Reader from, NoteAdded& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getText(), to.text, "text");
}

void put(schema::SelfAssessed::Builder to, const SelfAssessed& from) {
    to.setDossier(data(from.dossier));
    to.setOptions(data(from.options));
}

void get(schema::SelfAssessed::Reader from, SelfAssessed& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.bytes(from.getOptions(), to.options);
}

void put(schema::OpinionGiven::Builder to, const OpinionGiven& from) {
    to.setDossier(data(from.dossier));
    to.setStage(from.stage);
    to.setOptions(data(from.options));
    to.setAgrees(from.agrees);
    to.setText(from.text);
}

void get(schema::OpinionGiven::Reader from, OpinionGiven& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getStage(), to.stage, "stage");
    take.bytes(from.getOptions(), to.options);
    to.agrees = from.getAgrees();
    take.text(from.getText(), to.text, "text");
}

void put(schema::Submitted::Builder to, const Submitted& from) {
    to.setDossier(data(from.dossier));
    to.setTurn(from.turn);
    to.setDate(to_days(from.date));
}

void get(schema::Submitted::Reader from, Submitted& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    to.turn = from.getTurn();
    take.date(from.getDate(), to.date, "date");
}

void put(schema::Withdrawn::Builder to, const Withdrawn& from) {
    to.setDossier(data(from.dossier));
    to.setTurn(from.turn);
    to.setReason(from.reason);
}

void get(schema::Withdrawn::Reader from, Withdrawn& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    to.turn = from.getTurn();
    take.text(from.getReason(), to.reason, "reason");
}

void put(schema::Received::Builder to, const Received& from) {
    to.setDossier(data(from.dossier));
    to.setTurn(from.turn);
    to.setStage(from.stage);
    to.setDate(to_days(from.date));
}

void get(schema::Received::Reader from, Received& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    to.turn = from.getTurn();
    take.text(from.getStage(), to.stage, "stage");
    take.date(from.getDate(), to.date, "date");
}

void put(schema::ReturnedItem::Builder to, const ReturnedItem& from) {
    to.setItem(from.item);
    to.setReason(from.reason);
}

void get(schema::ReturnedItem::Reader from, ReturnedItem& to, Take& take) {
    take.text(from.getItem(), to.item, "item");
    take.text(from.getReason(), to.reason, "reason");
}

void put(schema::Returned::Builder to, const Returned& from) {
    to.setDossier(data(from.dossier));
    to.setTurn(from.turn);
    to.setStage(from.stage);
    put_list(to.initItems(static_cast<unsigned>(from.items.size())), from.items);
}

void get(schema::Returned::Reader from, Returned& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    to.turn = from.getTurn();
    take.text(from.getStage(), to.stage, "stage");
    get_list(from.getItems(), to.items, take, "items");
}

void put(schema::AdvisoryReported::Builder to, const AdvisoryReported& from) {
    to.setDossier(data(from.dossier));
    to.setStage(from.stage);
    to.setAgrees(from.agrees);
    to.setText(from.text);
}

void get(schema::AdvisoryReported::Reader from, AdvisoryReported& to, Take& take) {
    take.fixed(from.getDossier(), to.dossier, "dossier");
    take.text(from.getStage(), to.stage, "stage");
    to.agrees = from.getAgrees();
    take.text(from.getText(), to.text, "text");
}

void put(schema::Adopted::Builder to, const Adopted& from) {
    put_list(to.initActions(static_cast<unsigned>(from.actions.size())), from.actions);
    to.setReason(from.reason);
}

void get(schema::Adopted::Reader from, Adopted& to, Take& take) {
    get_list(from.getActions(), to.actions, take, "actions");
    take.text(from.getReason(), to.reason, "reason");
}

void put(schema::Annulled::Builder to, const Annulled& from) {
    put_list(to.initActions(static_cast<unsigned>(from.actions.size())), from.actions);
    to.setReason(from.reason);
}

void get(schema::Annulled::Reader from, Annulled& to, Take& take) {
    get_list(from.getActions(), to.actions, take, "actions");
    take.text(from.getReason(), to.reason, "reason");
}

}  // namespace hoso::domain::codec
