#include <algorithm>
#include <cctype>

#include "shared/domain/rules_read.hpp"

namespace hoso::domain {
namespace {

constexpr std::size_t options_max = 254;  // a sheet holds an ordinal in a byte, from 1; 255 means not answered
constexpr std::size_t sections_max = 255;
constexpr std::size_t section_key_max = 8;
constexpr std::size_t criteria_max = 1'000;  // of one sheet

// Options stand in ladders: within one the points do not fall, and each ends at what the criterion is worth. A sheet may print two
// ladders for one criterion. Gates ascend, and are stars for which there is a certificate.
void check_options(const RuleSet& rules, const Criterion& criterion, Finding& finding) {
    if (!finding.fine()) return;
    const std::string most = points_text(criterion.points_max);
    if (!finding.expect(!criterion.options.empty(), "the criterion has no options")) return;
    if (criterion.options.size() > options_max) {
        finding.fail_at("options", "there are more than 254");
        return;
    }
    const Option* before = nullptr;
    std::uint8_t gate_before = 0;
    each(criterion.options, "options", finding, [&](const Option& option) {
        if (option.points > criterion.points_max)
            finding.fail(points_text(option.points) + " points are more than the criterion's " + most);
        const bool begins = !before || before->points == criterion.points_max;
        finding.expect(begins || before->points <= option.points, "the points fall within the ladder");
        before = &option;
        if (option.gate == 0) return;
        const auto band = [&](const Band& known) { return known.stars == option.gate; };
        finding.expect(option.gate >= rules.certificate_stars_min && std::any_of(rules.bands.begin(), rules.bands.end(), band),
                       "the gate is no number of stars that gets a certificate");
        finding.expect(option.gate > gate_before, "the gates do not ascend");
        gate_before = option.gate;
    });
    if (before->points != criterion.points_max)
        finding.fail("the last option is " + points_text(before->points) + " points, not " + most);
}

// One product set, from its sections down.
class SheetReader {
public:
    SheetReader(const RuleSet& rules, ProductSet& set, Finding& finding) : rules_(rules), set_(set), finding_(finding) {}

    void read(capnp::List<schema::Section>::Reader sections) {
        PointsSum sum = 0;
        if (sections.size() > sections_max) finding_.fail_at("sections", "there are more than 255");
        each(sections, "sections", finding_, [&](schema::Section::Reader section) {
            sum += section.getPoints();
            read_key(section);
        });
        for (unsigned i = 0; i < sections.size() && finding_.fine(); ++i) {
            const auto here = finding_.at("sections[" + set_.sections[i].key + "]");
            read_section(sections[i], static_cast<std::uint8_t>(i));
        }
        if (sum != sheet_points) finding_.fail("the sections sum to " + points_text(sum) + ", not " + points_text(sheet_points));
    }

private:
    // The letter by which sheets name a section, and the faults below it too.
    void read_key(schema::Section::Reader section) {
        const std::string key = text_of(section.getKey());
        const auto same = [&](const Section& other) { return other.key == key; };
        const auto plain = [](unsigned char c) { return std::isalnum(c) != 0; };
        finding_.expect(!key.empty() && key.size() <= section_key_max && std::all_of(key.begin(), key.end(), plain) &&
                            std::none_of(set_.sections.begin(), set_.sections.end(), same),
                        "a key of its own is expected, of at most 8 letters and digits");
        set_.sections.push_back({key, section.getPoints()});
    }

    void read_section(schema::Section::Reader section, std::uint8_t index) {
        if (!set_.sheet_missing.empty()) {
            finding_.expect(section.getGroups().size() == 0, "sheetMissing: a section without groups is expected");
            return;
        }
        PointsSum sum = 0;
        each(section.getGroups(), "groups", finding_, [&](schema::Group::Reader group) {
            sum += group.getPoints();
            read_group(group, index);
        });
        if (sum != section.getPoints()) {
            finding_.fail("the groups sum to " + points_text(sum) + ", not " + points_text(section.getPoints()));
        }
    }

    void read_group(schema::Group::Reader group, std::uint8_t section) {
        CriterionGroup made;
        made.no = text_of(group.getNo());
        read_names(group, made, finding_);
        made.points_max = group.getPoints();
        made.section = section;
        const auto same = [&](const CriterionGroup& other) { return other.no == made.no; };
        finding_.expect(!made.no.empty() && std::none_of(set_.groups.begin(), set_.groups.end(), same),
                        "a number of its own is expected");
        set_.groups.push_back(std::move(made));
        PointsSum sum = 0;
        each(group.getCriteria(), "criteria", finding_, [&](schema::Criterion::Reader criterion) {
            sum += criterion.getPoints();
            read_criterion(criterion);
        });
        if (sum != group.getPoints())
            finding_.fail("the criteria sum to " + points_text(sum) + ", not " + points_text(group.getPoints()));
    }

    void read_criterion(schema::Criterion::Reader criterion) {
        Criterion made;
        made.no = text_of(criterion.getNo());
        read_names(criterion, made, finding_);
        made.points_max = criterion.getPoints();
        made.assessed_by = text_of(criterion.getAssessedBy());
        for (const auto option : criterion.getOptions()) made.options.push_back({option.getPoints(), option.getGate()});
        made.section = set_.groups.back().section;
        made.group = static_cast<std::uint16_t>(set_.groups.size() - 1);
        finding_.expect(!made.no.empty() && !set_.find(made.no), "a number of its own is expected");
        const Stage* stage = rules_.stage(made.assessed_by);
        finding_.expect(made.assessed_by.empty() || (stage && stage->does == Does::opinion), "assessedBy names no opinion stage");
        check_options(rules_, made, finding_);
        finding_.expect(set_.criteria.size() < criteria_max, "the sheet has more than 1000 criteria");
        set_.criteria.push_back(std::move(made));
    }

    const RuleSet& rules_;
    ProductSet& set_;
    Finding& finding_;
};

bool has_group(const RuleSet& rules, const ProductSet& set) {
    return std::any_of(rules.sectors.begin(), rules.sectors.end(), [&](const Sector& sector) {
        const auto same = [&](const Named& group) { return group.key == set.group; };
        return sector.key == set.sector && std::any_of(sector.groups.begin(), sector.groups.end(), same);
    });
}

}  // namespace

void read_product_sets(capnp::List<schema::ProductSet>::Reader from, RuleSet& rules, Finding& finding) {
    if (from.size() == 0) finding.fail_at("productSets", "there are none");
    each(from, "productSets", finding, [&](schema::ProductSet::Reader set) {
        ProductSet made;
        made.no = set.getNo();
        made.key = unique_key(set.getKey(), rules.product_sets, finding);
        read_names(set, made, finding);
        made.sector = text_of(set.getSector());
        made.group = text_of(set.getGroup());
        made.samples = set.getSamples();
        made.sheet_missing = text_of(set.getSheetMissing());
        finding.expect(has_group(rules, made), "sector and group name no group of a sector");
        const std::uint8_t before = rules.product_sets.empty() ? std::uint8_t{0} : rules.product_sets.back().no;
        finding.expect(made.no > before, "the numbers of product sets do not ascend from 1");
        SheetReader(rules, made, finding).read(set.getSections());
        rules.product_sets.push_back(std::move(made));
    });
}

}  // namespace hoso::domain
