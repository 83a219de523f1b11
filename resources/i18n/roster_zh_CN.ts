<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Console</name>
    <message>
        <source>Duty</source>
        <translation>勤务</translation>
    </message>
</context>
<context>
    <name>Roster</name>
    <message>
        <source>(in {crews})</source>
        <translation>（已编入 {crews}）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add a crew</source>
        <translation>新增警力</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Both changed the same fields, so nothing is saved yet. Choose what holds; the other changes of both are kept.</source>
        <translation>双方改了同一项，尚未保存。请选定以谁为准；其余各项双方的修改都保留。</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Call sign</source>
        <translation>呼号</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change crew {crew}</source>
        <translation>修改警力 {crew}</translation>
    </message>
    <message>
        <source>Choose a crew first.</source>
        <translation>请先选择一组警力。</translation>
    </message>
    <message>
        <source>Choose a crew to see its statuses.</source>
        <translation>请选择一组警力，查看其状态记录。</translation>
    </message>
    <message>
        <source>City centre</source>
        <translation>市局指挥中心</translation>
    </message>
    <message>
        <source>Complete by {time}</source>
        <translation>限 {time} 前到位</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>指挥台</translation>
    </message>
    <message>
        <source>Crew</source>
        <translation>呼号</translation>
    </message>
    <message>
        <source>Crew {crew} added</source>
        <translation>已新增警力 {crew}</translation>
    </message>
    <message>
        <source>Crew {crew} changed</source>
        <translation>已修改警力 {crew}</translation>
    </message>
    <message>
        <source>Crews</source>
        <translation>警力</translation>
    </message>
    <message>
        <source>Daily duty</source>
        <translation>日常勤务</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>勤务</translation>
    </message>
    <message>
        <source>Duty level</source>
        <translation>勤务等级</translation>
    </message>
    <message>
        <source>Duty of {crew} is as before</source>
        <translation>{crew} 已恢复原在岗情况</translation>
    </message>
    <message>
        <source>Enough crews on duty</source>
        <translation>在岗警力满足要求</translation>
    </message>
    <message>
        <source>Every change will stand here with its time and who set it.</source>
        <translation>每次变更的时间和操作人都会记在这里。</translation>
    </message>
    <message>
        <source>For</source>
        <translation>已持续</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可派</translation>
    </message>
    <message>
        <source>Here now</source>
        <translation>此刻警力</translation>
    </message>
    <message>
        <source>In reserve</source>
        <translation>可抽调</translation>
    </message>
    <message>
        <source>It holds at once, the city is told, and the crews must be complete within the time of the switch.</source>
        <translation>立即生效并报市局；须在规定的转换时限内警力到位。</translation>
    </message>
    <message>
        <source>Its call stays open, and nobody else is sent by this.</source>
        <translation>其警情仍未办结，系统不会另派他组。</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>装备</translation>
    </message>
    <message>
        <source>Kit on board</source>
        <translation>随组装备</translation>
    </message>
    <message>
        <source>Kit: {kit}</source>
        <translation>装备：{kit}</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我填写的</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>出行方式</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Needs help</source>
        <translation>求援</translation>
    </message>
    <message>
        <source>No call can be given to anyone. Press Insert to add a crew.</source>
        <translation>没有可派的警力，警情无人可派。请按 Insert 新增。</translation>
    </message>
    <message>
        <source>No crew is left to call in; ask the city for help.</source>
        <translation>已无警力可召回，请向市局求援。</translation>
    </message>
    <message>
        <source>No crew yet</source>
        <translation>尚无警力</translation>
    </message>
    <message>
        <source>No order was given yet; daily duty holds.</source>
        <translation>尚未下达过勤务等级，按日常勤务执行。</translation>
    </message>
    <message>
        <source>No status change yet</source>
        <translation>尚无状态变更</translation>
    </message>
    <message>
        <source>Not counted, could fill the gap:</source>
        <translation>未计入、可补充：</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>状态不明</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Off duty</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>Officers of the post</source>
        <translation>本站人员</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>处警中</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>On duty from now on</source>
        <translation>即刻上岗</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他人员</translation>
    </message>
    <message>
        <source>Others: auxiliaries, guards… separated by commas</source>
        <translation>其他人员（辅警、保安等），用顿号或逗号分隔</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Patrol area</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>People</source>
        <translation>组员</translation>
    </message>
    <message>
        <source>People of the crew</source>
        <translation>组员</translation>
    </message>
    <message>
        <source>People: {people}</source>
        <translation>组员：{people}</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Receiver: {name}</source>
        <translation>定位设备：{name}</translation>
    </message>
    <message>
        <source>Reinforced duty</source>
        <translation>加强勤务</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save mine</source>
        <translation>以我为准</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>Sign on</source>
        <translation>上岗</translation>
    </message>
    <message>
        <source>Sign {crew} off although it is {status}?</source>
        <translation>{crew} 正在{status}，确定离岗？</translation>
    </message>
    <message>
        <source>Since {time}, by {who}, until further order</source>
        <translation>自 {time} 起，{who} 下令，至另行通知</translation>
    </message>
    <message>
        <source>Since {time}, by {who}, until {end}</source>
        <translation>自 {time} 起，{who} 下令，至 {end} 止</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status log</source>
        <translation>状态记录</translation>
    </message>
    <message>
        <source>Status of {crew}</source>
        <translation>{crew} 的状态</translation>
    </message>
    <message>
        <source>Status of {crew} taken back</source>
        <translation>已撤销 {crew} 的状态变更</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Switch the duty level</source>
        <translation>勤务等级转换</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>以对方为准</translation>
    </message>
    <message>
        <source>The chosen crew</source>
        <translation>所选警力</translation>
    </message>
    <message>
        <source>The crews are not read yet.</source>
        <translation>警力尚未读出，请稍候。</translation>
    </message>
    <message>
        <source>Theirs, saved now</source>
        <translation>对方已保存的</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Wartime duty</source>
        <translation>战时勤务</translation>
    </message>
    <message>
        <source>Why (is logged)</source>
        <translation>转换原因（记入日志）</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 组</translation>
    </message>
    <message>
        <source>car</source>
        <translation>汽车</translation>
    </message>
    <message>
        <source>e-bike</source>
        <translation>电动车</translation>
    </message>
    <message>
        <source>motorcycle</source>
        <translation>摩托车</translation>
    </message>
    <message>
        <source>no fix</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none; set it on the page of the wires (F8)</source>
        <translation>无；请在链路页（F8）设置</translation>
    </message>
    <message>
        <source>off</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>on</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>on foot</source>
        <translation>步巡</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{age} ago</source>
        <translation>{age}前</translation>
    </message>
    <message>
        <source>{crew} is now {status}</source>
        <translation>{crew} 状态改为{status}</translation>
    </message>
    <message>
        <source>{crew} is off duty</source>
        <translation>{crew} 已离岗</translation>
    </message>
    <message>
        <source>{crew} is on duty</source>
        <translation>{crew} 已上岗</translation>
    </message>
    <message>
        <source>{crew} is on duty, but still {status}: set its status</source>
        <translation>{crew} 已上岗，但状态仍为{status}，请设定状态</translation>
    </message>
    <message>
        <source>{crew} was changed by someone else meanwhile</source>
        <translation>{crew} 刚被他人修改</translation>
    </message>
    <message>
        <source>{have} crews here, {need} needed</source>
        <translation>在岗 {have} 组，需 {need} 组</translation>
    </message>
    <message>
        <source>{here} of {all} crews on duty</source>
        <translation>在岗 {here} 组，共 {all} 组</translation>
    </message>
    <message>
        <source>{level} from {time}, by {who}</source>
        <translation>{time} 起转为{level}，{who} 下令</translation>
    </message>
    <message>
        <source>{level} holds from now on</source>
        <translation>即刻起执行{level}</translation>
    </message>
    <message>
        <source>{n} crews short</source>
        <translation>缺 {n} 组</translation>
    </message>
</context>
</TS>
