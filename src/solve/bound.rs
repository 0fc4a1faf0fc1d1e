//! The bound that duals prove.
//!
//! For any duals `π` of the right sign the Lagrangian bound
//!
//! ```text
//! Σ_rows rhs · π  +  Σ_shifts min(0, least reduced cost of a route)
//!                 +  Σ_choices min(0, least reduced cost of a side column)  +  Σ_others least of lower and upper · reduced cost
//! ```
//!
//! is at most the points of any plan of the group, and of any within the limits that branching has set (Geoffrion 1974, section 2; Desrosiers and Lübbecke 2005, section
//! 2.1). It needs no optimal duals and no tolerance: everything is whole millionths.

use super::pricing::MICRO;
use super::rows::{Rows, SideColumn};

/// The bound in millionths of a point; `shifts` are the least reduced costs of each shift's routes, 0 at the most.
pub(super) fn lagrangian(rows: &Rows, duals: &[i64], shifts: &[i64]) -> i64 {
    let paid: i64 = rows.rows.iter().zip(duals).map(|(row, dual)| row.rhs * dual).sum();
    let mut choices = vec![0; rows.choices as usize];
    let mut others = 0;
    for column in &rows.side {
        let reduced = reduced_cost(column, duals);
        match column.choice {
            Some(choice) if column.upper > 0 => choices[choice as usize] = reduced.min(choices[choice as usize]),
            Some(_) => {}
            None => others += if reduced < 0 { column.upper } else { column.lower } * reduced,
        }
    }
    paid + shifts.iter().sum::<i64>() + choices.iter().sum::<i64>() + others
}

fn reduced_cost(column: &SideColumn, duals: &[i64]) -> i64 {
    let paid: i64 = column.rows.iter().map(|(row, n)| duals[*row as usize] * n).sum();
    column.cost * MICRO - paid
}
