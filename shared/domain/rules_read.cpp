#include "shared/domain/rules_read.hpp"

#include <algorithm>

namespace hoso::domain {

std::string text_of(capnp::Text::Reader from) { return {from.cStr(), from.size()}; }

std::string points_text(PointsSum points) {
    const std::string rest = std::to_string(points % 100 + 100).substr(1);
    return std::to_string(points / 100) + (rest == "00" ? "" : "." + rest);
}

Date read_date(const std::string& text, const char* field, Finding& finding) {
    const auto here = finding.at(field);
    const auto date = date_from_text(text);
    finding.expect(date.has_value(), "a date YYYY-MM-DD is expected");
    return date.value_or(Date{});
}

namespace {

std::optional<DossierKind> kind_of(std::string_view text) {
    if (text == "first") return DossierKind::first;
    if (text == "upgrade") return DossierKind::upgrade;
    if (text == "reEvaluation") return DossierKind::re_evaluation;
    return std::nullopt;
}

void read_terms(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    if (from.getForms().size() == 0) finding.fail_at("forms", "it is never in force");
    each(from.getForms(), "forms", finding, [&](schema::Term::Reader term) {
        const auto kind = kind_of(text_of(term.getKind()));
        finding.expect(kind.has_value(), "kind is first, upgrade or reEvaluation");
        const std::string last = text_of(term.getFiledTo());
        const Date filed_from = read_date(text_of(term.getFiledFrom()), "filedFrom", finding);
        const Date filed_to = last.empty() ? Date{} : read_date(last, "filedTo", finding);
        finding.expect(last.empty() || filed_from <= filed_to, "filedTo is before filedFrom");
        const std::string decided = text_of(term.getDecidedBy());
        const Date decided_by = decided.empty() ? Date{} : read_date(decided, "decidedBy", finding);
        finding.expect(decided.empty() || (!last.empty() && filed_to <= decided_by), "decidedBy is before filedTo");
        to.terms.push_back({kind.value_or(DossierKind::first), filed_from, filed_to, decided_by});
    });
}

void read_stages(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    each(from.getStages(), "stages", finding, [&](schema::Stage::Reader stage) {
        Stage made;
        made.key = unique_key(stage.getKey(), to.stages, finding);
        read_names(stage, made, finding);
        made.level = text_of(stage.getLevel());
        made.does = static_cast<Does>(stage.getDoes());
        each(stage.getDecides(), "decides", finding, [&](std::uint8_t stars) { made.decides.push_back(stars); });
        made.forwards_from = stage.getForwardsFrom();
        made.entered_by = text_of(stage.getEnteredBy());
        made.meetings = stage.getMeetings();
        made.working_days = stage.getWorkingDays();
        made.falls_back = stage.getFallsBack();
        finding.expect(!made.falls_back || made.does == Does::external, "only an external stage falls back");
        finding.expect((made.does == Does::council) == (made.meetings > 0), "a council stage, and no other, has meetings");
        to.stages.push_back(std::move(made));
    });
}

void read_contents(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    each(from.getContents(), "contents", finding, [&](schema::Content::Reader content) {
        Content made;
        made.key = unique_key(content.getKey(), to.contents, finding);
        read_names(content, made, finding);
        made.mandatory = content.getMandatory();
        to.contents.push_back(std::move(made));
    });
    // A document is named by a key of either list.
    each(from.getEvidence(), "evidence", finding, [&](schema::Named::Reader named) {
        Named made;
        made.key = unique_key(named.getKey(), to.evidence, finding);
        unique_key(named.getKey(), to.contents, finding);
        read_names(named, made, finding);
        to.evidence.push_back(std::move(made));
    });
}

void read_files(schema::FileRules::Reader from, RuleSet& to, Finding& finding) {
    const auto here = finding.at("files");
    each(from.getMediaTypes(), "mediaTypes", finding, [&](capnp::Text::Reader type) {
        to.files.media_types.push_back(text_of(type));
        finding.expect(to.files.media_types.back().find('/') != std::string::npos, "a media type such as image/jpeg is expected");
    });
    to.files.bytes_max = from.getBytesMax();
    to.files.keeps_originals = from.getKeepsOriginals();
}

void read_subject_types(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    each(from.getSubjectTypes(), "subjectTypes", finding, [&](schema::Named::Reader named) {
        Named made;
        made.key = unique_key(named.getKey(), to.subject_types, finding);
        read_names(named, made, finding);
        to.subject_types.push_back(std::move(made));
    });
}

void read_grounds(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    each(from.getRevocationGrounds(), "revocationGrounds", finding, [&](schema::Ground::Reader ground) {
        Ground made;
        made.key = unique_key(ground.getKey(), to.grounds, finding);
        read_names(ground, made, finding);
        made.after_expiry = ground.getAfterExpiry();
        to.grounds.push_back(std::move(made));
    });
}

void read_sectors(schema::RuleSet::Reader from, RuleSet& to, Finding& finding) {
    each(from.getSectors(), "sectors", finding, [&](schema::Sector::Reader sector) {
        Sector made;
        made.key = unique_key(sector.getKey(), to.sectors, finding);
        read_names(sector, made, finding);
        each(sector.getGroups(), "groups", finding, [&](schema::Named::Reader named) {
            Named group;
            group.key = unique_key(named.getKey(), made.groups, finding);
            read_names(named, group, finding);
            made.groups.push_back(std::move(group));
        });
        to.sectors.push_back(std::move(made));
    });
}

// Every note of the file, in its order.
void read_remarks(schema::RuleSet::Reader from, RuleSet& to) {
    const auto add = [&](std::string about, capnp::Text::Reader text) {
        if (text.size() > 0) to.remarks.push_back({std::move(about), text_of(text)});
    };
    const auto add_all = [&](const std::string& of, const auto& list) {
        for (const auto each : list) add(of + "." + text_of(each.getKey()), each.getNote());
    };
    for (const auto note : from.getNotes()) add({}, note);
    add_all("stages", from.getStages());
    add_all("subject_types", from.getSubjectTypes());
    add_all("contents", from.getContents());
    add_all("evidence", from.getEvidence());
    add_all("grounds", from.getRevocationGrounds());
    add_all("idea_reasons", from.getIdeaReasons());
    add("files", from.getFiles().getNote());
    add("certificate", from.getCertificate().getSource());
    add("re_evaluation", from.getReEvaluation().getSource());
    add("extension", from.getExtension().getSource());
}

}  // namespace

RuleSet read_rules(schema::RuleSet::Reader from, Finding& finding) {
    RuleSet to;
    finding.expect(from.getSchemaVersion() == 1, "schemaVersion is not 1");
    to.id = text_of(from.getId());
    to.title_vi = text_of(from.getTitleVi());
    to.title_en = text_of(from.getTitleEn());
    to.illustrative = text_of(from.getIllustrative());
    to.legal_basis = text_of(from.getLegalBasis());
    to.status = text_of(from.getStatus());
    read_remarks(from, to);
    finding.expect(!to.id.empty() && !to.title_vi.empty() && !to.title_en.empty(), "id, titleVi and titleEn are expected");
    finding.expect(from.getLegalBasis().size() > 0 && from.getStatus().size() > 0, "legalBasis and status are expected");
    to.certificate_months = from.getCertificate().getMonths();
    to.certificate_stars_min = from.getCertificate().getStarsMin();
    to.dates_back_days_max = from.getDatesBackMaxDays();
    read_terms(from, to, finding);
    each(from.getBands(), "bands", finding, [&](schema::Band::Reader band) {
        to.bands.push_back({band.getStars(), band.getFrom()});
    });
    read_stages(from, to, finding);
    check_ladder(to, finding);
    read_subject_types(from, to, finding);
    read_contents(from, to, finding);
    read_files(from.getFiles(), to, finding);
    read_grounds(from, to, finding);
    read_sectors(from, to, finding);
    read_product_sets(from.getProductSets(), to, finding);
    read_times(from, to, finding);
    return to;
}

}  // namespace hoso::domain
