#include "shared/domain/codec_parts.hpp"

namespace hoso::domain::codec {

void put(schema::OfficeCreated::Builder to, const OfficeCreated& from) {
    to.setOffice(data(from.office));
    to.setUnit(data(from.unit));
    to.setName(from.name);
    to.setValidFrom(to_days(from.valid_from));
}

void get(schema::OfficeCreated::Reader from, OfficeCreated& to, Take& take) {
    take.fixed(from.getOffice(), to.office, "office");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.text(from.getName(), to.name, "name");
    take.date(from.getValidFrom(), to.valid_from, "validFrom");
}

void put(schema::OfficeRenamed::Builder to, const OfficeRenamed& from) {
    to.setOffice(data(from.office));
    to.setName(from.name);
    to.setFrom(to_days(from.from));
    to.setLegalBasis(from.legal_basis);
}

void get(schema::OfficeRenamed::Reader from, OfficeRenamed& to, Take& take) {
    take.fixed(from.getOffice(), to.office, "office");
    take.text(from.getName(), to.name, "name");
    take.date(from.getFrom(), to.from, "from");
    take.text(from.getLegalBasis(), to.legal_basis, "legalBasis");
}

void put(schema::UnitRenamed::Builder to, const UnitRenamed& from) {
    to.setUnit(data(from.unit));
    to.setName(from.name);
    to.setKind(from.kind);
    to.setCode(from.code);
    to.setFrom(to_days(from.from));
    to.setLegalBasis(from.legal_basis);
}

void get(schema::UnitRenamed::Reader from, UnitRenamed& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    take.text(from.getName(), to.name, "name");
    take.text(from.getKind(), to.kind, "kind");
    take.text(from.getCode(), to.code, "code");
    take.date(from.getFrom(), to.from, "from");
    take.text(from.getLegalBasis(), to.legal_basis, "legalBasis");
}

void put(schema::CalendarSet::Builder to, const CalendarSet& from) {
    to.setYear(from.year);
    put_list(to.initDaysOff(static_cast<unsigned>(from.days_off.size())), from.days_off);
    put_list(to.initDaysWorked(static_cast<unsigned>(from.days_worked.size())), from.days_worked);
    to.setLegalBasis(from.legal_basis);
}

void get(schema::CalendarSet::Reader from, CalendarSet& to, Take& take) {
    to.year = from.getYear();
    get_list(from.getDaysOff(), to.days_off, take, "daysOff");
    get_list(from.getDaysWorked(), to.days_worked, take, "daysWorked");
    take.text(from.getLegalBasis(), to.legal_basis, "legalBasis");
}

void put(schema::NoticeDeadline::Builder to, const NoticeDeadline& from) {
    to.setStage(from.stage);
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::NoticeDeadline::Reader from, NoticeDeadline& to, Take& take) {
    take.text(from.getStage(), to.stage, "stage");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

void put(schema::NoticeLine::Builder to, const NoticeLine& from) {
    to.setProduct(data(from.product));
    to.setCertificate(from.certificate);
}

void get(schema::NoticeLine::Reader from, NoticeLine& to, Take& take) {
    take.fixed(from.getProduct(), to.product, "product");
    take.text(from.getCertificate(), to.certificate, "certificate");
}

void put(schema::NoticeList::Builder to, const NoticeList& from) {
    to.setKind(static_cast<schema::NoticeListKind>(from.kind));
    put_list(to.initLines(static_cast<unsigned>(from.lines.size())), from.lines);
}

void get(schema::NoticeList::Reader from, NoticeList& to, Take& take) {
    take.enumerator(from.getKind(), to.kind, NoticeListKind::lapses, "kind");
    get_list(from.getLines(), to.lines, take, "lines");
}

void put(schema::NoticeIssued::Builder to, const NoticeIssued& from) {
    to.setNotice(data(from.notice));
    to.setUnit(data(from.unit));
    if (!from.round.is_nil()) to.setRound(data(from.round));
    to.setNumber(from.number);
    to.setDate(to_days(from.date));
    to.setTitle(from.title);
    put_list(to.initDeadlines(static_cast<unsigned>(from.deadlines.size())), from.deadlines);
    put_list(to.initLists(static_cast<unsigned>(from.lists.size())), from.lists);
    if (!from.document_hash.is_nil()) to.setDocumentHash(data(from.document_hash));
}

void get(schema::NoticeIssued::Reader from, NoticeIssued& to, Take& take) {
    take.fixed(from.getNotice(), to.notice, "notice");
    take.fixed(from.getUnit(), to.unit, "unit");
    if (from.hasRound()) take.fixed(from.getRound(), to.round, "round");
    take.text(from.getNumber(), to.number, "number");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getTitle(), to.title, "title");
    get_list(from.getDeadlines(), to.deadlines, take, "deadlines");
    get_list(from.getLists(), to.lists, take, "lists");
    if (from.hasDocumentHash()) take.fixed(from.getDocumentHash(), to.document_hash, "documentHash");
}

void put(schema::ResultsPublished::Builder to, const ResultsPublished& from) {
    to.setUnit(data(from.unit));
    to.setDecision(data(from.decision));
    to.setDate(to_days(from.date));
    to.setPlace(from.place);
}

void get(schema::ResultsPublished::Reader from, ResultsPublished& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    take.fixed(from.getDecision(), to.decision, "decision");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getPlace(), to.place, "place");
}

void put(schema::PackageSent::Builder to, const PackageSent& from) {
    to.setPackage(data(from.package));
    to.setUnit(data(from.unit));
    to.setStage(from.stage);
    to.setNumber(from.number);
    to.setDate(to_days(from.date));
    to.setRecipient(from.recipient);
    put_list(to.initDossiers(static_cast<unsigned>(from.dossiers.size())), from.dossiers);
    if (!from.document_hash.is_nil()) to.setDocumentHash(data(from.document_hash));
}

void get(schema::PackageSent::Reader from, PackageSent& to, Take& take) {
    take.fixed(from.getPackage(), to.package, "package");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.text(from.getStage(), to.stage, "stage");
    take.text(from.getNumber(), to.number, "number");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getRecipient(), to.recipient, "recipient");
    get_list(from.getDossiers(), to.dossiers, take, "dossiers");
    if (from.hasDocumentHash()) take.fixed(from.getDocumentHash(), to.document_hash, "documentHash");
}

void put(schema::FormNumbered::Builder to, const FormNumbered& from) {
    to.setUnit(data(from.unit));
    to.setProduct(data(from.product));
    to.setDossier(data(from.dossier));
    put(to.initNumber(), from.number);
    to.setDate(to_days(from.date));
}

void get(schema::FormNumbered::Reader from, FormNumbered& to, Take& take) {
    take.fixed(from.getUnit(), to.unit, "unit");
    take.fixed(from.getProduct(), to.product, "product");
    take.fixed(from.getDossier(), to.dossier, "dossier");
    get(from.getNumber(), to.number, take);
    take.date(from.getDate(), to.date, "date");
}

void put(schema::ReminderSent::Builder to, const ReminderSent& from) {
    to.setReminder(data(from.reminder));
    to.setUnit(data(from.unit));
    if (!from.round.is_nil()) to.setRound(data(from.round));
    to.setNumber(from.number);
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::ReminderSent::Reader from, ReminderSent& to, Take& take) {
    take.fixed(from.getReminder(), to.reminder, "reminder");
    take.fixed(from.getUnit(), to.unit, "unit");
    if (from.hasRound()) take.fixed(from.getRound(), to.round, "round");
    take.text(from.getNumber(), to.number, "number");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

void put(schema::DifficultyRaised::Builder to, const DifficultyRaised& from) {
    to.setDifficulty(data(from.difficulty));
    to.setUnit(data(from.unit));
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::DifficultyRaised::Reader from, DifficultyRaised& to, Take& take) {
    take.fixed(from.getDifficulty(), to.difficulty, "difficulty");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

void put(schema::DifficultyResolved::Builder to, const DifficultyResolved& from) {
    to.setDifficulty(data(from.difficulty));
    to.setUnit(data(from.unit));
    to.setDate(to_days(from.date));
    to.setText(from.text);
}

void get(schema::DifficultyResolved::Reader from, DifficultyResolved& to, Take& take) {
    take.fixed(from.getDifficulty(), to.difficulty, "difficulty");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.date(from.getDate(), to.date, "date");
    take.text(from.getText(), to.text, "text");
}

void put(schema::PromotionHeld::Builder to, const PromotionHeld& from) {
    to.setPromotion(data(from.promotion));
    to.setUnit(data(from.unit));
    to.setKind(static_cast<schema::PromotionKind>(from.kind));
    to.setTitle(from.title);
    to.setVenue(from.venue);
    to.setFrom(to_days(from.from));
    to.setTo(to_days(from.to));
}

void get(schema::PromotionHeld::Reader from, PromotionHeld& to, Take& take) {
    take.fixed(from.getPromotion(), to.promotion, "promotion");
    take.fixed(from.getUnit(), to.unit, "unit");
    take.enumerator(from.getKind(), to.kind, PromotionKind::other, "kind");
    take.text(from.getTitle(), to.title, "title");
    take.text(from.getVenue(), to.venue, "venue");
    take.date(from.getFrom(), to.from, "from");
    take.date(from.getTo(), to.to, "to");
}

}  // namespace hoso::domain::codec
