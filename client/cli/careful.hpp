#pragma once

#include "client/cli/case_file.hpp"

// Slips of the pen that the judge would let through, or find only once the paper is signed: refused at the desk, with what there
// is.
namespace hoso::client::cli {

Result<void> check_stage(const domain::Registry& registry, std::string_view stage);        // of some published regulation
Result<void> check_subject_type(const domain::Registry& registry, std::string_view type);  // likewise
Result<void> check_stage(const CaseFile& file, std::string_view stage);                    // of the dossier's regulation
// What can be returned: papers and evidence of the regulation, criteria of the sheet.
Result<void> check_item(const CaseFile& file, std::string_view item);
// Errc::exists where another product that is known here holds a certificate of that number.
Result<void> check_free(const views::Look& look, const StreamId& product, const std::string& certificate);
// Errc::invalid for a dossier that is listed twice.
Result<void> check_once(const std::vector<domain::DossierReference>& listed, const CaseFile& next);

}  // namespace hoso::client::cli
